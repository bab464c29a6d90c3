//! Splits HTML into text, comments and tags with their places, as a browser's tokeniser does.
//!
//! It does not check whether elements are allowed or properly nested; the sanitiser does.

use std::ops::Range;

/// A part of HTML.
#[derive(Debug)]
pub enum Part<'a> {
    /// Characters, as they are written.
    Text(&'a str),
    /// The content of a script or style, or anything else that no reader sees.
    Hidden(&'a str),
    /// A comment, a declaration or a processing instruction.
    Comment,
    /// A comment without an end, which hides all that follows: the place of its `<!--`.
    OpenComment(Range<usize>),
    /// A tag.
    Tag(Tag<'a>),
}

/// A tag.
#[derive(Debug)]
pub struct Tag<'a> {
    /// All of it, from `<` to `>`.
    pub source: &'a str,
    /// Where it begins.
    pub start: usize,
    /// The name of the element, as it is written.
    pub name: &'a str,
    /// Whether it is an end tag.
    pub is_end: bool,
    /// The attributes, in order.
    pub attributes: Vec<Attribute<'a>>,
}

/// An attribute of a tag.
#[derive(Debug)]
pub struct Attribute<'a> {
    /// Its name, as it is written.
    pub name: &'a str,
    /// Its value without quotes, as bytes of the whole text.
    pub value: Range<usize>,
    /// Whether the value stands in quotes or is missing.
    pub is_quoted: bool,
}

impl Tag<'_> {
    /// Whether it is a tag of the element with this name.
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// The value of an attribute, as it is written. If it is there twice, the first one counts.
    pub fn value(&self, name: &str) -> Option<&str> {
        let attribute = self.attributes.iter().find(|attribute| attribute.name.eq_ignore_ascii_case(name))?;
        Some(self.text_of(attribute))
    }

    /// The value of one of its attributes, as it is written.
    pub fn text_of(&self, attribute: &Attribute<'_>) -> &str {
        &self.source[attribute.value.start - self.start..attribute.value.end - self.start]
    }
}

/// The parts of a text, in order.
pub fn parts(text: &str) -> Parts<'_> {
    Parts { text, at: 0, within: None }
}

/// See [`parts`].
pub struct Parts<'a> {
    text: &'a str,
    at: usize,
    /// The element whose content is no markup, if one is open.
    within: Option<&'a str>,
}

/// Elements in which a browser looks only for the end tag.
const TEXT_ONLY: &[&str] = &["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"];

impl<'a> Iterator for Parts<'a> {
    type Item = Part<'a>;

    fn next(&mut self) -> Option<Part<'a>> {
        if self.at >= self.text.len() {
            return None;
        }
        if let Some(name) = self.within.take() {
            let end = self.end_tag(name);
            if end > self.at {
                return Some(Part::Hidden(self.take_to(end)));
            }
        }
        if self.rest().starts_with('<') { Some(self.markup()) } else { Some(self.characters(0)) }
    }
}

impl<'a> Parts<'a> {
    /// Goes on at a place that is in no element whose content is no markup.
    #[must_use]
    pub fn from(self, at: usize) -> Self {
        Self { at, within: None, ..self }
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn take_to(&mut self, end: usize) -> &'a str {
        let taken = &self.text[self.at..end];
        self.at = end;
        taken
    }

    /// The characters up to the next `<`, after the first `skip` bytes.
    fn characters(&mut self, skip: usize) -> Part<'a> {
        let end = self.rest()[skip..].find('<').map_or(self.text.len(), |at| self.at + skip + at);
        Part::Text(self.take_to(end))
    }

    fn markup(&mut self) -> Part<'a> {
        let rest = self.rest();
        let inner = rest.strip_prefix("</").unwrap_or(&rest[1..]);
        if inner.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return match self.tag(rest.len() - inner.len()) {
                Some(tag) => self.found(tag),
                // There is no `>` up to the end, so no tag behind this one has an end either.
                None => Part::Text(self.take_to(self.text.len())),
            };
        }
        let end = match rest {
            // `<!-->` is a whole comment.
            _ if rest.starts_with("<!--") && !rest[2..].contains("-->") => {
                let start = self.at;
                self.at = self.text.len();
                return Part::OpenComment(start..start + "<!--".len());
            }
            _ if rest.starts_with("<!--") => self.after(2, "-->"),
            _ if rest.starts_with("<!") || rest.starts_with("<?") || rest.starts_with("</") => {
                self.after(2, ">")
            }
            _ => return self.characters(1),
        };
        self.at = end;
        Part::Comment
    }

    fn after(&self, skip: usize, mark: &str) -> usize {
        let start = (self.at + skip).min(self.text.len());
        self.text[start..].find(mark).map_or(self.text.len(), |at| start + at + mark.len())
    }

    fn found(&mut self, tag: Tag<'a>) -> Part<'a> {
        self.at += tag.source.len();
        let is_text_only = TEXT_ONLY.iter().any(|name| tag.is(name));
        self.within = (is_text_only && !tag.is_end).then_some(tag.name);
        Part::Tag(tag)
    }

    /// Where `</name` begins, or the text ends.
    fn end_tag(&self, name: &str) -> usize {
        let rest = self.rest().as_bytes();
        let mut at = 0;
        while let Some(next) = rest[at..].windows(2).position(|pair| pair == b"</") {
            at += next;
            let after = rest.get(at + 2..at + 2 + name.len());
            if after.is_some_and(|after| after.eq_ignore_ascii_case(name.as_bytes())) {
                return self.at + at;
            }
            at += 2;
        }
        self.text.len()
    }

    fn tag(&self, name_start: usize) -> Option<Tag<'a>> {
        let bytes = self.text.as_bytes();
        let start = self.at;
        let mut at = start + name_start;
        let name_end =
            at + bytes[at..].iter().position(|&b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>'))?;
        let name = &self.text[at..name_end];
        at = name_end;
        let mut attributes = Vec::new();
        loop {
            at += bytes[at..].iter().position(|&b| !b.is_ascii_whitespace() && b != b'/')?;
            if bytes[at] == b'>' {
                let source = &self.text[start..=at];
                return Some(Tag { source, start, name, is_end: name_start == 2, attributes });
            }
            let (attribute, end) = self.attribute(at)?;
            attributes.push(attribute);
            at = end;
        }
    }

    fn attribute(&self, start: usize) -> Option<(Attribute<'a>, usize)> {
        let bytes = self.text.as_bytes();
        let find = |from: usize, stop: &dyn Fn(u8) -> bool| {
            bytes.get(from..)?.iter().position(|&b| stop(b)).map(|at| from + at)
        };
        // By the specification, a leading `=` belongs to the name.
        let name_end = find(start + 1, &|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>' | b'='))?;
        let name = self.text.get(start..name_end)?;
        let sign = find(name_end, &|b| !b.is_ascii_whitespace())?;
        if bytes[sign] != b'=' {
            return Some((Attribute { name, value: name_end..name_end, is_quoted: true }, name_end));
        }
        let value = find(sign + 1, &|b| !b.is_ascii_whitespace())?;
        if let quote @ (b'"' | b'\'') = bytes[value] {
            let end = find(value + 1, &|b| b == quote)?;
            return Some((Attribute { name, value: value + 1..end, is_quoted: true }, end + 1));
        }
        let end = find(value, &|b| b.is_ascii_whitespace() || b == b'>')?;
        Some((Attribute { name, value: value..end, is_quoted: false }, end))
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    fn check(text: &str, expected: &str) {
        let mut seen = String::new();
        for part in parts(text) {
            match part {
                Part::Text(text) => write!(seen, "text({text})").unwrap(),
                Part::Hidden(text) => write!(seen, "hidden({text})").unwrap(),
                Part::Comment => seen.push_str("comment"),
                Part::OpenComment(_) => seen.push_str("open comment"),
                Part::Tag(tag) => {
                    assert_eq!(&text[tag.start..tag.start + tag.source.len()], tag.source);
                    write!(seen, "{}{}", if tag.is_end { "end " } else { "tag " }, tag.name).unwrap();
                    for attribute in &tag.attributes {
                        assert_eq!(tag.text_of(attribute), &text[attribute.value.clone()]);
                        write!(seen, " {}={}", attribute.name, tag.text_of(attribute)).unwrap();
                    }
                }
            }
            seen.push('|');
        }
        assert_eq!(seen, expected, "{text}");
    }

    #[test]
    fn html_is_split_into_tags() {
        check("<p class=a>x</p>", "tag p class=a|text(x)|end p|");
        check("<a href='x>y' B = \"c\" d/>", "tag a href=x>y B=c d=|");
        check("a<!-- <b> -->c<?x?><!DOCTYPE html>", "text(a)|comment|text(c)|comment|comment|");
        check("1 < 2 <3 </ x>", "text(1 )|text(< 2 )|text(<3 )|comment|");
        check("<script>if (a<b) '<p>'</script>x", "tag script|hidden(if (a<b) '<p>')|end script|text(x)|");
        check("<STYLE>a</p></style >", "tag STYLE|hidden(a</p>)|end style|");
        check("<a href=\"open", "text(<a href=\"open)|");
        check("<!-- open", "open comment|");
        check("<!-->a<!--->b", "comment|text(a)|comment|text(b)|");
        check("<a =b é=ü>", "tag a =b= é=ü|");
    }

    #[test]
    fn hostile_html_takes_linear_time() {
        for piece in ["<a ", "<!--", "<script>", "</", "<a b='", "<", "<textarea></textare "] {
            assert!(parts(&piece.repeat(100_000)).count() > 0);
        }
    }
}
