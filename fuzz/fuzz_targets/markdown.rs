//! Bytes as the body of an article, with every policy for raw HTML.

#![no_main]

use libfuzzer_sys::fuzz_target;
use masthead::config::RawHtml;
use masthead::model::article::Document;
use masthead_fuzz::markup;

fuzz_target!(|bytes: &[u8]| {
    // A second block of front matter would be an error.
    let head = if bytes.starts_with(b"---") { &b""[..] } else { b"---\ntitle: A title\ndate: 2022-01-11\n---\n" };
    let text = [head, bytes].concat();
    masthead_fuzz::article(&text, RawHtml::Allow);
    for policy in [RawHtml::Sanitize, RawHtml::Escape] {
        if let Some(Document::Article(_, body)) = masthead_fuzz::article(&text, policy).document {
            markup::harmless(&body.html);
        }
    }
});
