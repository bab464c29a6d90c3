//! What a reader of the Markdown sees is what a reader of the HTML sees.

use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::markdown;

#[test]
fn html_becomes_markdown() {
    let check = |html: &str, expected: &str| assert_eq!(markdown(html), format!("{expected}\n"), "{html}");
    check(
        "<p>One <em>two</em> &amp; <strong>three</strong>.</p>\n<p>Four\nfive</p>",
        "One *two* & **three**.\n\nFour five",
    );
    check("<h2 id=\"a\">A &lt;b&gt;</h2>\n<p>2*3_4</p>", "## A \\<b>\n\n2\\*3\\_4");
    check(
        "<p><a href=\"https://e.example/?a=1&amp;b\">x</a> <code>a&lt;`b</code></p>",
        "[x](https://e.example/?a=1&b) ``a<`b``",
    );
    check(
        "<ul>\n<li>a</li>\n<li>b\n<ol>\n<li>c</li>\n</ol>\n</li>\n</ul>\n<p>d</p>",
        "-   a\n-   b\n    1.  c\n\nd",
    );
    check("<blockquote>\n<p>a</p>\n<p>b</p>\n</blockquote>\n<p>c</p>", "> a\n> \n> b\n\nc");
    check(
        "<pre><code class=\"language-rust\"><span class=\"k\">fn</span> a() {\n}\n</code></pre>",
        "```rust\nfn a() {\n}\n```",
    );
    check(
        "<pre class=\"code\"><code class=\"language-md\">a ``` b ````\n</code></pre>",
        "`````md\na ``` b ````\n`````",
    );
    check(
        "<p>a<br>\nb</p><hr><figure><img src=\"/p.jpg\" alt=\"P\"><figcaption>C</figcaption></figure>",
        "a\\\nb\n\n---\n\n![P](/p.jpg)\n\nC",
    );
    check(
        "<p><a href=\"/a\" title=\"An &quot;A&quot;\">a</a> <img src=\"/p q.jpg\" alt=\"P\" title=\"T\"></p>",
        "[a](/a \"An \\\"A\\\"\") ![P](</p q.jpg> \"T\")",
    );
    check(
        "<ul>\n<li><input type=\"checkbox\" disabled checked>\na</li>\n<li><input type=\"checkbox\" disabled>\nb</li>\n</ul>",
        "-   [x] a\n-   [ ] b",
    );
    check("<p>a</p><aside><p>b</p></aside><style>p > q {}</style><p>c</p>", "a\n\nb\n\nc");
    check("<p>a</p>\n<table><tr><td>x</td></tr></table>", "a\n\n<table><tr><td>x</td></tr></table>");
    let table = "<table>\n<tr>\n\n\n<td>x</td></tr>\n</table>";
    check(
        &format!("<blockquote>\n<p>a</p>\n{table}\n<p>b</p>\n</blockquote>"),
        "> a\n> \n> <table>\n> <tr>\n> <td>x</td></tr>\n> </table>\n> \n> b",
    );
    check(
        &format!("<ul>\n<li>a\n{table}\n</li>\n<li>b</li>\n<li>c</li>\n</ul>"),
        "-   a\n    \n    <table>\n    <tr>\n    <td>x</td></tr>\n    </table>\n\n-   b\n-   c",
    );
}

#[test]
fn lists_stay_lists() {
    let check = |html: &str, expected: &str| assert_eq!(markdown(html), format!("{expected}\n"), "{html}");
    check("<ol start=\"99\"><li>a</li><li>b<p>c</p></li></ol>", "99. a\n100. b\n     \n     c");
    check("<ul><li><ol start=\"5\"><li>a</li></ol></li></ul>", "-   5.  a");
    check("<ul><li><ul><li>a</li></ul></li><li>b</li></ul>", "-   -   a\n-   b");
    check("<ol start=\"0\"><li>a</li></ol>", "0.  a");
    check("<ol start=\"4294967295\"><li>a</li></ol>", "1.  a");
    check("<ol start=\"999999999\"><li>a<li>b</ol>", "999999999. a\n999999999. b");
    check("<ul><li><hr></li></ul>", "-   ***");
    check("<ul><li>a</li></ul><ul><li>b</li></ul>", "-   a\n\n<!-- -->\n\n-   b");
    check("<ul><li>a</li></ul><ol><li>b</li></ol>", "-   a\n\n1.  b");
    check("<UL><LI>a<li>b<ul><li>c</ul><li>d</ul><p>e", "-   a\n-   b\n    -   c\n-   d\n\ne");
    check("<ul><li>a</li></ul><p>b</p><ul><li>c</li></ul>", "-   a\n\nb\n\n-   c");
}

#[test]
fn no_address_or_title_becomes_markup() {
    let check = |html: &str, expected: &str| assert_eq!(markdown(html), format!("{expected}\n"), "{html}");
    check(
        "<p><a href=\"/x\" title=\"a\n\n&lt;img src=x> &amp;lt; \\\">t</a></p>",
        "[t](/x \"a \\<img src=x\\> \\&lt; \\\\\")",
    );
    check("<a href=\"/a b<img src=x onerror=f()>\">t</a>", "[t](</a b%3Cimg src=x onerror=f()%3E>)");
    check("<img src=\"/a\n\n&lt;b>\\\" alt=k>", "![k](/a%3Cb%3E%5C)");
    check("<a href=\"/?a&amp;copy;=1\">t</a>", "[t](/?a&amp;copy;=1)");
    check("<pre><code class=\"language-a`b\">&lt;img></code></pre>", "```\n<img>\n```");
    check("<PRE>a</PRE>\n<p>b <CODE>c</CODE>", "```\na\n```\n\nb `c`");
    check("<p>a</p><script>for (;i<n;) w('<script x=\"')</script><p>b</p>", "a\n\nb");
    check(
        "<blockquote><table title=\"a\n\n<img src=x>\"><tr\nlang=\"b\n\n<i>\"><td>c</table></blockquote>",
        "> <table title=\"a  <img src=x>\"><tr lang=\"b  <i>\"><td>c</table>",
    );
    check(
        "<p>a<sup title=\"b\n<div>\n<img src=x>\">c</sup></p>",
        "a<sup title=\"b <div> <img src=x>\">c</sup>",
    );
    check("<a href=\"\" title=\"x\">t</a>", "[t](<> \"x\")");
    check("<p>a! <a id=b>c</a></a> <q>d</q></p>", "a! c “d”");
    check(
        "<p><sup x[y]=b title='c \"d\" > *e*' it's lang=en/>*f*</sup></p>",
        "<sup title=\"c &quot;d&quot; > *e*\" lang=\"en/\"/>&#42;f&#42;</sup>",
    );
    check(
        "<p><svg><title>[a](b)</title><path d=\"c\"/></svg></p>",
        "<svg><title>&#91;a&#93;(b)</title><path d=\"c\"/></svg>",
    );
    check("<table><tr><td>1 < 2 <<!-- x -->b><q\"r>*</table>", "<table><tr><td>1 &lt; 2 &lt;b>*</table>");
    check(
        "<audio src=a><a href=b>*[c](d)*</a></audio>",
        "<audio src=\"a\"><a href=\"b\">&#42;&#91;c&#93;(d)&#42;</a></audio>",
    );
    check("<p>a <sup title=\"b", "a \\<sup title=\"b");
    check("<a title=\"a > b\" HREF='/x'>t</a><!-- a > b -->.", "[t](/x \"a \\> b\").");
}

#[test]
fn text_stays_text() {
    let check = |html: &str, expected: &str| assert_eq!(markdown(html), format!("{expected}\n"), "{html}");
    for (text, expected) in [
        ("1986. A", "1986\\. A"),
        ("1986.5 2. b", "1986.5 2. b"),
        ("2) b", "2\\) b"),
        ("- x", "\\- x"),
        ("-5 - x", "-5 - x"),
        ("---", "\\---"),
        ("+ x", "\\+ x"),
        ("# x # y", "\\# x # y"),
        ("#x", "#x"),
        ("&gt; x", "\\> x"),
        ("===", "\\==="),
        ("~~~", "\\~\\~\\~"),
        ("|a|", "\\|a|"),
        ("&amp;copy; &nbsp; A&amp;B", "\\&copy; &nbsp; A&B"),
    ] {
        check(&format!("<p>{text}</p>"), expected);
        check(&format!("<p>a<br>\n{text}</p>"), &format!("a\\\n{expected}"));
        let expected = expected.replace('\n', "\n> ");
        check(&format!("<blockquote>\n<p>{text}</p>\n</blockquote>"), &format!("> {expected}"));
    }
    check("<p>a<br></p>\n<p>b<br><br>c</p>", "a\n\nb\\\n\\\nc");
    check("<h2>C #<br>C#</h2>", "## C #<br>C\\#");
    check("<p>Oh!<a href=\"/a\">a</a></p>", "Oh\\![a](/a)");
    check("<p><code>``a</code> x<sub>*_</sub></p>", "``` ``a ``` x<sub>&#42;&#95;</sub>");
}

#[test]
fn emphasis_that_stars_cannot_make_has_tags() {
    let check = |html: &str, expected: &str| assert_eq!(markdown(html), format!("{expected}\n"), "{html}");
    check("<p>a<em>b</em>c, <strong>d:</strong> e</p>", "a*b*c, **d:** e");
    check("<p><strong>a:</strong>b</p>", "<strong>a:</strong>b");
    check("<p>a<strong>“b”</strong></p>", "a<strong>“b”</strong>");
    check("<p><em> a</em> <em></em></p>", "<em> a</em> <em></em>");
    check("<p><em>a</em><strong>b</strong></p>", "*a*<strong>b</strong>");
    check("<p><strong>a <em>b</em> c</strong></p>", "**a *b* c**");
    check("<p><em><strong>a</strong></em></p>", "*<strong>a</strong>*");
    check("<p><del>a</del>b <del>c.</del>d</p>", "~~a~~b <del>c.</del>d");
}

/// Each would take minutes if anything looked at all of the rest of the text.
#[test]
fn hostile_html_takes_linear_time() {
    for piece in [
        "&",
        "&a",
        "&a;",
        "&amp;",
        "&amp;#",
        "<",
        "</",
        "<a ",
        "<a>",
        "</a>",
        "<b>",
        "</b>",
        "<p>",
        "<!--",
        "<a href=x>",
        "<a title='&a'>x</a>",
        "<img alt='&a'>",
        "<h1>",
        "<br>",
        "<hr>",
        "<li>",
        "</li>",
        "<ul>",
        "<ul></ul>",
        "<ol>",
        "<blockquote></blockquote>",
        "<pre>",
        "<pre></pre>",
        "<code>",
        "<code>`</code>",
        "<table>",
        "<table></table>",
        "<td>",
        "<math>",
        "<sup>",
        "<sup>a</sup>",
        "<em>a</em>",
        "<em>",
        "<strong> </strong>",
        "<script>",
        "<del>a",
        "*",
        "_a",
        "[",
        "1.",
        "#",
        "a\n",
        "\n",
        " ",
        "\\",
        "~",
        "`",
        "|",
    ] {
        markdown(&format!("{};", piece.repeat(1_000_000 / piece.len())));
    }
}

#[test]
fn broken_markup_does_not_panic() {
    for html in [
        "<",
        "<p",
        "</li></ul></blockquote>x",
        "<a>x",
        "</a>",
        "<pre>",
        "<code>",
        "a < b > c",
        "<h9>é",
        "</em>",
        "<b>.<i>ü</b>x<br>é</i>y",
        "<a é",
        "<li>a<li>b</ul>",
        "<ol><li></ol></ol>",
    ] {
        markdown(html);
    }
}

/// The characters of a text, each with the emphasis that it has; blanks are joined.
#[derive(Default)]
struct Seen {
    text: Vec<(char, [bool; 3])>,
    /// How often emphasis, strong emphasis and deletion are open.
    open: [i32; 3],
}

impl Seen {
    fn add(&mut self, text: &str) {
        for c in text.chars() {
            let c = if c.is_whitespace() { ' ' } else { c };
            let is_after_blank = self.text.last().is_none_or(|(last, _)| *last == ' ');
            if c != ' ' {
                self.text.push((c, self.open.map(|depth| depth > 0)));
            } else if !is_after_blank {
                self.text.push((c, [false; 3]));
            }
        }
    }

    fn turn(&mut self, tag: &str) {
        let by = if tag.starts_with("</") { -1 } else { 1 };
        match tag.trim_matches(['<', '/', '>']) {
            "em" => self.open[0] += by,
            "strong" => self.open[1] += by,
            "del" => self.open[2] += by,
            "code" | "!-- --" | "a" | "a href=\"/x\"" => {}
            _ => self.add(" "),
        }
    }
}

fn seen_in_html(html: &str) -> Seen {
    let mut seen = Seen::default();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        seen.add(&super::unescape(&rest[..at]));
        let (tag, behind) = rest[at..].split_at(rest[at..].find('>').unwrap() + 1);
        seen.turn(tag);
        rest = behind;
    }
    seen.add(&super::unescape(rest));
    seen.add(" ");
    seen
}

fn seen_in_markdown(text: &str) -> Seen {
    let mut seen = Seen::default();
    let options = Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES;
    for event in Parser::new_ext(text, options) {
        match event {
            Event::Text(text) | Event::Code(text) => seen.add(&text),
            Event::Html(tag) | Event::InlineHtml(tag) => seen.turn(&tag),
            Event::Start(Tag::Emphasis) => seen.turn("<em>"),
            Event::End(TagEnd::Emphasis) => seen.turn("</em>"),
            Event::Start(Tag::Strong) => seen.turn("<strong>"),
            Event::End(TagEnd::Strong) => seen.turn("</strong>"),
            Event::Start(Tag::Strikethrough) => seen.turn("<del>"),
            Event::End(TagEnd::Strikethrough) => seen.turn("</del>"),
            Event::Start(Tag::Link { .. }) | Event::End(TagEnd::Link) => {}
            _ => seen.add(" "),
        }
    }
    seen.add(" ");
    seen
}

fn check(html: &str) {
    let text = markdown(html);
    assert_eq!(seen_in_markdown(&text).text, seen_in_html(html).text, "{html}\n{text}");
}

/// Text, and elements with text in them.
fn inline() -> impl Strategy<Value = String> {
    let pieces = vec![
        "a",
        "b",
        " ",
        " ",
        "1",
        "12",
        ".",
        ")",
        "-",
        "+",
        "#",
        "&gt;",
        "=",
        "~",
        "*",
        "_",
        "`",
        "[",
        "]",
        "!",
        "|",
        ":",
        "\\",
        "&amp;",
        "amp;",
        "&lt;",
        "“",
        "”",
        "é",
        ", ",
        "---",
        "1. ",
        "- ",
        "^",
        "<br>\n",
        "<code>a`*</code>",
        "<a href=\"/x\">b</a>",
    ];
    let text = prop::sample::select(pieces).prop_map(str::to_owned);
    text.prop_recursive(3, 24, 5, |inner| {
        let tag = prop::sample::select(vec!["em", "strong", "del"]);
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(|parts| parts.concat()),
            (tag, inner).prop_map(|(tag, inner)| format!("<{tag}>{inner}</{tag}>")),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_same_is_seen(parts in prop::collection::vec(inline(), 0..6), block in 0..4) {
        let text = parts.concat();
        check(&match block {
            0 => format!("<p>{text}</p>\n<p>b</p>"),
            1 => format!("<blockquote>\n<p>{text}</p>\n</blockquote>"),
            2 => format!("<ul>\n<li>{text}</li>\n<li>b</li>\n</ul>"),
            _ => format!("<h2>{text}</h2>\n<p>b</p>"),
        });
    }
}
