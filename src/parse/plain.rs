//! Texts of front matter as plain text: titles and summaries, in which people write HTML.

use std::borrow::Cow;
use std::collections::HashSet;

use unicode_segmentation::GraphemeCursor;

use super::entities;
use crate::base::scripts::is_unspaced;
use crate::base::words::ends_sentence;

/// Removes the tags of elements that are opened and closed in the text, decodes character references, and
/// joins the lines.
///
/// A tag without its counterpart stays, because a title may be about `<b>`.
pub(super) fn plain(text: &str) -> String {
    let untagged = if text.contains('<') { Cow::Owned(untag(text)) } else { Cow::Borrowed(text) };
    let decoded = entities::decode(&untagged);
    let mut out = String::with_capacity(decoded.len());
    for word in decoded.split_ascii_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

fn untag(text: &str) -> String {
    let paired = paired(text);
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        match tag(rest) {
            Some((name, length)) if name == "br" || paired.contains(name) => {
                if matches!(name, "br" | "p" | "div" | "li") {
                    out.push(' ');
                }
                rest = &rest[length..];
            }
            _ => {
                out.push('<');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// The name and the length of the tag at the start of a text.
fn tag(text: &str) -> Option<(&str, usize)> {
    let (name, _) = name(text).filter(|(name, _)| !name.is_empty())?;
    let end = 1 + text[1..].find(['<', '>'])?;
    text[end..].starts_with('>').then_some((name, end + 1))
}

/// The name of the element whose tag may begin here, and what stands behind the name.
fn name(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_prefix("</").or_else(|| text.strip_prefix('<'))?;
    let end = inner.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inner.len());
    Some(inner.split_at(end))
}

/// The names of the elements that are both opened and closed in a text.
fn paired(text: &str) -> HashSet<&str> {
    let (mut opened, mut closed) = (HashSet::new(), HashSet::new());
    let tags = text.match_indices('<').map(|(at, _)| &text[at..]);
    for (tag, (name, behind)) in tags.filter_map(|tag| Some(tag).zip(name(tag))) {
        if tag.starts_with("</") && behind.starts_with('>') {
            closed.insert(name);
        } else if !tag.starts_with("</") && behind.starts_with(['>', ' ']) {
            opened.insert(name);
        }
    }
    opened.retain(|name| closed.contains(name));
    opened
}

/// Cuts a long text between words. It gets an ellipsis, unless a sentence ends there.
pub(super) fn cut(text: &str, most: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(most) else { return text.to_owned() };
    let end = whole_characters(text, end);
    let end = last_gap(text, end).unwrap_or(end);
    let kept = text[..end].trim_end();
    if ends_sentence(kept) {
        return kept.to_owned();
    }
    let loose = |c: char| c.is_whitespace() || LOOSE.contains(&c);
    format!("{}…", kept.trim_end_matches(loose))
}

/// Signs that lead on to what is cut off.
const LOOSE: [char; 24] = [
    ',', ';', ':', '–', '—', '-', '(', '[', '、', '，', '；', '：', '・', '「', '『', '（', '【', '《', '〈',
    '［', '،', '؛', '„', '‚',
];

/// The last place up to `end`, in the second half of what is before it, between two words. In a script that does not
/// show where they end, any letter may be the last one.
fn last_gap(text: &str, end: usize) -> Option<usize> {
    let mut places = text[..end].char_indices().rev().map(|(at, c)| (at + c.len_utf8(), c));
    let is_gap = |(at, before): &(usize, char)| {
        let after = text[*at..].chars().next();
        after.is_some_and(|after| after == ' ' || is_unspaced(after)) || is_unspaced(*before)
    };
    places.by_ref().take_while(|(at, _)| *at > end / 2).find(is_gap).map(|(at, _)| at)
}

/// The last place up to `end` that is not within what readers take as one character (UAX #29): a letter with its
/// marks, a flag.
fn whole_characters(text: &str, end: usize) -> usize {
    let mut cursor = GraphemeCursor::new(end, text.len(), true);
    if cursor.is_boundary(text, 0) == Ok(false) {
        return cursor.prev_boundary(text, 0).ok().flatten().unwrap_or(end);
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_removed_and_text_is_kept() {
        assert_eq!(
            plain("writing for <em>action</em> and\n flexibility"),
            "writing for action and flexibility"
        );
        assert_eq!(plain("<p>At <a href=\"x\">18th &amp; F</a></p>"), "At 18th & F");
        assert_eq!(plain("Why <b> is not <strong> &lt;i&gt;"), "Why <b> is not <strong> <i>");
        assert_eq!(plain("1 < 2 and 3 > 2"), "1 < 2 and 3 > 2");
        assert_eq!(plain("a<br>b"), "a b");
        assert_eq!(plain("</i> <i <b x>a</b> <i>b <b"), "<i a b <b");
    }

    #[test]
    fn long_texts_are_cut_between_words() {
        assert_eq!(cut("one two three", 20), "one two three");
        assert_eq!(cut("one two three", 7), "one two…");
        assert_eq!(cut("one two, three", 10), "one two…");
        assert_eq!(cut("東京東京東京", 3), "東京東…");
        assert_eq!(cut("One two. Three", 8), "One two.");
        assert_eq!(cut("One two. Three", 11), "One two.");
        assert_eq!(cut("東京。東京", 3), "東京。");
        assert_eq!(cut("東京 タワーは東京にある。", 9), "東京 タワーは東京…");
        assert_eq!(cut("東京のTokyo Towerは", 6), "東京の…");
        assert_eq!(cut("東京のTokyo Towerは", 8), "東京のTokyo…");
        assert_eq!(cut("東京、大阪", 3), "東京…");
        assert_eq!(cut("北京，上海", 3), "北京…");
        assert_eq!(cut("彼は「東京」と", 3), "彼は…");
        assert_eq!(cut("यह है। और", 6), "यह है।");
        assert_eq!(cut("يوم، ليلة", 5), "يوم…");
        assert_eq!(cut("ที่นี่ที่", 4), "ที่…");
        assert_eq!(cut("東👩‍🚒京", 2), "東…");
        assert_eq!(cut("東🇯🇵京", 2), "東…");
        assert_eq!(cut("東🇯🇵京", 3), "東🇯🇵…");
        assert_eq!(cut("🇯🇵", 1), "…");
    }
}
