//! Stars beside the letters and signs of Chinese, Japanese and Korean.
//!
//! CommonMark asks for a blank around `**「…」**`, and these scripts put none: the second `**` of `**「強調」**です` would
//! close nothing, or open what comes next. As the amendment for these scripts has it
//! (<https://github.com/tats-u/markdown-cjk-friendly>), their signs count as letters, and behind any other sign one of
//! their characters is as good as a blank. The parser has no such rule. So a character that stands in the way is
//! replaced by one that does not before the text is parsed, of as many bytes, and put back afterwards.
//!
//! A single star is left as it is: here it marks a note or stands for "times" more often than it emphasises.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use pulldown_cmark::CowStr;

use super::events::Spanned;
use super::masks;
use crate::base::bytes;
use crate::base::scripts::{is_east_asian, is_mark};

/// A text in which such characters are hidden.
pub(super) struct Hidden {
    pub(super) text: String,
    /// What is behind each character that hides another one.
    behind: HashMap<char, char>,
}

/// What a character is to the parser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Letter,
    Sign,
}

/// What stands beside stars.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Blank,
    /// A character that keeps its role.
    Fixed(Role),
    /// One of these scripts, with the role that it has by itself.
    Free(Role),
}

/// The text with such characters hidden, if it has any.
pub(super) fn hide(source: &str) -> Option<Hidden> {
    if source.is_ascii() || !bytes::contains(source, "**") {
        return None;
    }
    let found = found(source);
    if found.is_empty() {
        return None;
    }
    let (mut letters, mut signs) = (unused(source, LETTERS), unused(source, SIGNS));
    let (mut text, mut done) = (String::with_capacity(source.len()), 0);
    let mut behind = HashMap::new();
    let mut masks = HashMap::new();
    for (at, role) in found {
        let Some(hidden) = source[at..].chars().next() else { continue };
        let new = if role == Role::Letter { &mut letters } else { &mut signs };
        let mask = masks.get(&(hidden, role == Role::Letter)).copied().or_else(|| new.next());
        // No text has that many different ones.
        let Some(mask) = mask else { continue };
        masks.insert((hidden, role == Role::Letter), mask);
        behind.insert(mask, hidden);
        text.push_str(&source[done..at]);
        text.push(mask);
        done = at + hidden.len_utf8();
    }
    text.push_str(&source[done..]);
    Some(Hidden { text, behind })
}

/// Characters of three bytes that the parser takes for letters, and that no language has.
const LETTERS: Range<u32> = 0xe000..0xe200;

/// Characters of three bytes that the parser takes for signs: patterns of Braille.
const SIGNS: Range<u32> = 0x2801..0x2900;

/// Those of some characters that a text does not have.
fn unused(source: &str, all: Range<u32>) -> impl Iterator<Item = char> + use<> {
    let used: HashSet<char> = source.chars().filter(|&c| all.contains(&u32::from(c))).collect();
    all.filter_map(char::from_u32).filter(move |c| !used.contains(c))
}

impl Hidden {
    /// Brings the hidden characters back.
    pub(super) fn show(&self, events: &mut [Spanned<'_>]) {
        masks::for_each_text(events, |text: &mut CowStr<'_>| {
            if text.chars().any(|c| self.behind.contains_key(&c)) {
                let shown = |c| self.behind.get(&c).copied().unwrap_or(c);
                *text = text.chars().map(shown).collect::<String>().into();
            }
        });
    }
}

/// The places of the characters that need another role than their own, in ascending order.
fn found(source: &str) -> Vec<(usize, Role)> {
    let mut found = Vec::new();
    let mut runs = runs(source).peekable();
    // The role of the character behind the last stars.
    let mut last = (0, None);
    while let Some(run) = runs.next() {
        let before = source[..run.start].chars().next_back();
        let after = source[run.end..].chars().next();
        let (at, behind) =
            (run.start - before.map_or(0, char::len_utf8), run.end + after.map_or(0, char::len_utf8));
        // Between these stars and the next there may be one character only.
        let next = runs.peek().filter(|next| next.start == behind && behind > run.end);
        let wanted = next.and_then(|next| fixed(kind(source[next.end..].chars().next())));
        let before = match (kind(before), last) {
            (Kind::Free(_), (end, Some(role))) if end == run.start => Kind::Free(role),
            (Kind::Free(own), _) => {
                let role = match kind(after) {
                    Kind::Blank => own,
                    Kind::Fixed(role) => role,
                    Kind::Free(_) => wanted.unwrap_or(Role::Letter),
                };
                if role != own {
                    found.push((at, role));
                }
                Kind::Free(role)
            }
            (kind, _) => kind,
        };
        last = (behind, None);
        if let Kind::Free(own) = kind(after) {
            let role = match (role(before), wanted) {
                (Some(one), Some(other)) if one != other => own,
                (Some(role), _) | (None, Some(role)) => role,
                (None, None) => own,
            };
            if role != own {
                found.push((run.end, role));
            }
            last = (behind, Some(role));
        }
    }
    found
}

/// The places of two or more stars.
fn runs(source: &str) -> impl Iterator<Item = Range<usize>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let start = from + bytes::find(&source.as_bytes()[from..], |byte| byte == b'*')?;
            let length = source[start..].bytes().take_while(|&byte| byte == b'*').count();
            from = start + length;
            if length > 1 {
                return Some(start..from);
            }
        }
    })
}

fn fixed(kind: Kind) -> Option<Role> {
    if let Kind::Fixed(role) = kind { Some(role) } else { None }
}

fn role(kind: Kind) -> Option<Role> {
    match kind {
        Kind::Blank => None,
        Kind::Fixed(role) | Kind::Free(role) => Some(role),
    }
}

fn kind(c: Option<char>) -> Kind {
    let Some(c) = c.filter(|c| !c.is_whitespace()) else { return Kind::Blank };
    // Characters that tell how others are set, and those that hide others, are no signs.
    let is_letter = c.is_alphanumeric()
        || c.is_control()
        || is_mark(c)
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{206f}' | '\u{e000}'..='\u{f8ff}' | '\u{feff}');
    let role = if is_letter { Role::Letter } else { Role::Sign };
    if is_east_asian(c) && c.len_utf8() == 3 { Kind::Free(role) } else { Kind::Fixed(role) }
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::{Event, Parser, Tag, TagEnd};

    use super::*;

    /// The text with `<` and `>` where bold text begins and ends.
    fn bold(text: &str) -> String {
        let hidden = hide(text);
        let parsed = hidden.as_ref().map_or(text, |hidden| &hidden.text);
        assert_eq!(parsed.len(), text.len());
        let mut events: Vec<Spanned<'_>> = Parser::new(parsed).into_offset_iter().collect();
        if let Some(hidden) = &hidden {
            hidden.show(&mut events);
        }
        let mut out = String::new();
        for (event, _) in events {
            match event {
                Event::Start(Tag::Strong) => out.push('<'),
                Event::End(TagEnd::Strong) => out.push('>'),
                Event::Start(Tag::Link { dest_url, .. }) => out.extend(["[", &dest_url, " "]),
                Event::End(TagEnd::Link) => out.push(']'),
                Event::Text(text) | Event::Code(text) => out.push_str(&text),
                Event::SoftBreak => out.push('|'),
                _ => {}
            }
        }
        out
    }

    #[test]
    fn bold_text_needs_no_blanks_around_it() {
        for (text, expected) in [
            ("**「強調」**と**強調（かっこ）**です", "<「強調」>と<強調（かっこ）>です"),
            ("これは**「強調」**です", "これは<「強調」>です"),
            ("**注意：**请看", "<注意：>请看"),
            ("请看**《红楼梦》**和**《西游记》**。", "请看<《红楼梦》>和<《西游记》>。"),
            ("**강조(괄호)**입니다", "<강조(괄호)>입니다"),
            ("이것은 **\"강조\"**입니다", "이것은 <\"강조\">입니다"),
            ("这是**“强调”**的", "这是<“强调”>的"),
            ("これは**[名](/a**b)**です", "これは<[/a**b 名]>です"),
            ("見よ**`x`**と**`y`**", "見よ<x>と<y>"),
            ("**A。**B", "<A。>B"),
            ("**あ。**と\n**い。**と", "<あ。>と|<い。>と"),
            ("**〜**〜**…**〜", "<〜>〜<…>〜"),
        ] {
            assert_eq!(bold(text), expected, "{text}");
        }
    }

    #[test]
    fn what_works_without_stays() {
        for text in [
            "**「強調」** です",
            "**強調**です。",
            "**強調**「引用」",
            "- **一**：二\n- **三**：四",
            "`**「」**` **「」**",
            "価格*（税込）と数量*（個）",
            "**「」",
            "a ** b ** 「",
            "**🍣**と**🍶**",
            "“**と**a",
            "**と**",
        ] {
            let events: Vec<_> = Parser::new(text).collect();
            let hidden = hide(text);
            let mut shown: Vec<_> =
                Parser::new(hidden.as_ref().map_or(text, |hidden| &hidden.text)).into_offset_iter().collect();
            if let Some(hidden) = &hidden {
                hidden.show(&mut shown);
            }
            let shown: Vec<_> = shown.into_iter().map(|(event, _)| event).collect();
            if text == "**🍣**と**🍶**" {
                assert_eq!(bold(text), "<🍣>と<🍶>");
            } else {
                assert_eq!(shown, events, "{text}");
            }
        }
        assert!(hide("**「強調」** です").is_none());
        assert!(hide("**bold**").is_none());
    }

    #[test]
    fn characters_that_hide_others_are_not_in_the_text() {
        let text = "\u{e000}\u{2801}と**「あ」**と\u{e001}\u{2801}と**[い](u)**う";
        let expected = "\u{e000}\u{2801}と<「あ」>と\u{e001}\u{2801}と<[u い]>う";
        assert_eq!(bold(text), expected);
    }
}
