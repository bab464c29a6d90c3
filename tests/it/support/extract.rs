//! What a page says of an article to machines and of its sources to readers, cut out of the page: the rest is
//! the theme's business.

use serde_json::Value;

/// Everything in the head that search engines and feed readers act on.
const SPOKEN: &[&str] =
    &["name=\"robots\"", "rel=\"canonical\"", "property=\"og:url\"", "property=\"article:"];

/// The blocks of JSON-LD of a page.
pub(crate) fn json_ld(html: &str) -> Vec<&str> {
    let blocks = html.split("<script type=\"application/ld+json\">").skip(1);
    blocks.map(|rest| rest.split("</script>").next().unwrap()).collect()
}

/// The parts of a page that tell of sources: lines of the head, JSON-LD, quotes, provenance and corrections.
pub(crate) fn parts(html: &str) -> String {
    let head = html.lines().filter(|line| SPOKEN.iter().any(|sign| line.contains(sign)));
    let mut parts: String = head.map(|line| format!("{line}\n")).collect();
    for block in json_ld(html) {
        let json: Value = serde_json::from_str(block).unwrap();
        parts.push_str(&serde_json::to_string_pretty(&json).unwrap());
        parts.push('\n');
    }
    for (start, end) in [
        ("<blockquote", ">"),
        ("<p class=\"read-on\"", "</p>"),
        ("<section class=\"corrections\"", "</section>"),
        ("<aside class=\"provenance\"", "</aside>"),
    ] {
        for rest in html.split(start).skip(1) {
            let inner = rest.split(end).next().unwrap();
            parts.extend([start, inner, end, "\n"]);
        }
    }
    parts
}
