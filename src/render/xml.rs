//! Writing XML into a buffer. Characters that XML 1.0 does not allow are left out.

use std::borrow::Cow;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use crate::base::html::{first_forbidden, is_allowed};

/// A writer of elements. Writing to memory cannot fail, so nothing here returns a result.
pub(super) struct Xml<'a>(Writer<&'a mut Vec<u8>>);

impl<'a> Xml<'a> {
    /// Starts a document.
    pub(super) fn new(out: &'a mut Vec<u8>) -> Self {
        let mut xml = Self(Writer::new_with_indent(out, b' ', 2));
        xml.write(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)));
        xml
    }

    /// Writes an element with a text, unless the text is empty.
    pub(super) fn text(&mut self, name: &str, text: &str) {
        self.text_with(name, &[], text);
    }

    /// Writes an element with attributes and a text, unless the text is empty.
    pub(super) fn text_with(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) {
        if !text.is_empty() {
            self.write(Event::Start(start(name, attributes)));
            self.write(Event::Text(BytesText::new(&valid(text))));
            self.write(Event::End(BytesEnd::new(name)));
        }
    }

    /// An element without content.
    pub(super) fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.write(Event::Empty(start(name, attributes)));
    }

    /// An element with elements in it.
    pub(super) fn parent(&mut self, name: &str, attributes: &[(&str, &str)], inner: impl FnOnce(&mut Self)) {
        self.write(Event::Start(start(name, attributes)));
        inner(self);
        self.write(Event::End(BytesEnd::new(name)));
    }

    /// Ends the document with a line end.
    pub(super) fn finish(self) {
        self.0.into_inner().push(b'\n');
    }

    fn write(&mut self, event: Event<'_>) {
        // A `Vec` takes every byte; there is no error to hand on.
        let _never_fails = self.0.write_event(event);
    }
}

/// An element with its attributes; those without a value are left out.
fn start<'a>(name: &'a str, attributes: &[(&str, &str)]) -> BytesStart<'a> {
    let mut start = BytesStart::new(name);
    for (key, value) in attributes.iter().filter(|(_, value)| !value.is_empty()) {
        start.push_attribute((*key, &*valid(value)));
    }
    start
}

/// The text without characters that no feed may have.
fn valid(text: &str) -> Cow<'_, str> {
    match first_forbidden(text) {
        Some(_) => Cow::Owned(text.replace(|c| !is_allowed(c), "")),
        None => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_break_out_of_its_element() {
        let mut out = Vec::new();
        let mut xml = Xml::new(&mut out);
        xml.parent("a", &[("b", "\"<&'>\u{1}"), ("none", "")], |xml| {
            xml.text("c", "]]> </c> & \u{0}\u{fffe}é");
            xml.text("empty", "");
        });
        xml.finish();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<a b=\"&quot;&lt;&amp;&apos;&gt;\">\n  \
             <c>]]&gt; &lt;/c&gt; &amp; é</c>\n</a>\n"
        );
    }
}
