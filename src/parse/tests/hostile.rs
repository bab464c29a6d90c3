//! Files that are built to take all time, all memory or all of the stack. Each would run for minutes, or
//! crash, if anything took the square of its length in time or went into itself for each bracket.

use super::article;
use crate::base::diag::Rule;
use crate::model::article::{Document, Parsed};

const SIZE: usize = 300_000;

fn body(text: &str) -> Parsed {
    article(&format!("---\ntitle: T\n---\n{text}"))
}

fn check(piece: &str) {
    let text = piece.repeat(SIZE / piece.len());
    assert!(body(&text).document.is_some(), "{piece}");
    assert!(
        article(&format!("---\ntitle: T\nsource: X\n---\n{text}")).document.is_some(),
        "sanitised {piece}"
    );
}

#[test]
fn many_arguments_are_refused() {
    let many: Vec<String> = (0..9_000).map(|number| format!("a{number}")).collect();
    let many = many.join(" ");
    let parsed = body(&format!("::: a {{{many}}}\n:::\n"));
    assert!(parsed.diagnostics.iter().any(|one| one.rule == Rule::BadComponent), "{:?}", parsed.diagnostics);
}

#[test]
fn repeated_markdown_is_parsed_in_time() {
    for piece in [
        "{{ ",
        "{% a %} ",
        "[audio a=",
        "<div><script>",
        "| a |\n| - |\n| b | c |\n",
        "[",
        "[[",
        "[[a|",
        "[[a]]",
        "![",
        "![a](",
        "[a](b) ",
        "[a](x:y) ",
        "[]",
        "\\[^a",
        "https://e.example/_a_ ",
        "https://e.example/_[",
        "]: https://e.example/_ ",
        "www._",
        "$a",
        "($a) ",
        "**「",
        "**「あ」**と",
        "'68 ",
        "a\"",
        "[^a] ",
        "[^a]: x\n\n[^b] ",
        ">",
        "> ",
        "- ",
        "1. ",
        "* a\n  ",
        "- [ ] a\n",
        "*a **a",
        "*a_ ",
        "**x*",
        "~~a~",
        "^a^b",
        "^",
        "a~b",
        "`a``",
        "<a ",
        "<!--",
        "<?",
        "<![CDATA[",
        "<x><y>",
        "<div>\n",
        "::: a\n",
        ":::\n",
        "::: a\n:::\n",
        "::: a\n<div>\n",
        "::: a\n```\n",
        ":::: a\n\n::: b\n",
        "::: a\n1\n: 2\n",
        "<b>\n\n",
        "<div>",
        "<table>",
        "> <b>\n",
        "|a|b|\n|-|-|\n|a|b|\n",
        "# a\n",
        "# a {#a}\n",
        "a\n=\n",
        "a\n: b\n",
        ": ",
        "http://",
        "www.",
        "http://a.b/((((",
        "$a$ ",
        "$$a$$",
        "a$1",
        "$a{",
        "\"a' ",
        "...--",
        "&amp;&#1;",
        "&",
        "\\a\\",
        "```\n",
        "\0",
        "\r",
        "\t",
        "東",
    ] {
        check(piece);
    }
}

/// Some pieces on their own, in which it shows only in a long text that something looks at all of the rest:
/// half an hour for each.
#[test]
fn long_texts_are_parsed_in_time() {
    for piece in [">", "> ", "::: a\n:::\n", "::: a\n```\n:::\n```\n:::\n"] {
        assert!(body(&piece.repeat(3_000_000 / piece.len())).document.is_some(), "{piece}");
    }
}

#[test]
fn nested_quotes_are_attributed_to_a_depth_of_sixteen() {
    let signed = |depth: usize| {
        let Some(Document::Article(_, body)) =
            body(&format!("{} — [X](https://x.example/)\n", ">".repeat(depth))).document
        else {
            panic!("no document")
        };
        body.html.matches("<blockquote cite=").count()
    };
    assert_eq!((signed(1), signed(10), signed(100)), (1, 10, 16));
}

#[test]
fn articles_with_hundreds_of_terms_keep_the_first() {
    let list = |key: &str, count: usize, item: &str| {
        let items: String = (0..count)
            .flat_map(|n| ["- ".to_owned(), item.replace('#', &n.to_string()), "\n".to_owned()])
            .collect();
        article(&format!("---\ntitle: T\n{key}:\n{items}---\n"))
    };
    for (key, item) in
        [("tags", "t#"), ("authors", "a#"), ("source", "{outlet: o#, url: 'https://o#.example/'}")]
    {
        assert_eq!(list(key, 500, item).diagnostics, [], "{key}");
        let parsed = list(key, 20_000, item);
        let [told] = &parsed.diagnostics[..] else { panic!("{key}: {:#?}", parsed.diagnostics) };
        assert_eq!(told.message, format!("`{key}` has 20000 entries, and can have 500"));
        assert_eq!((told.rule, told.place.map(|place| place.line)), (Rule::BadValue, Some(504)));
        let Some(Document::Article(meta, _)) = &parsed.document else { panic!("no document") };
        assert_eq!([&meta.tags, &meta.authors].map(Vec::len).iter().sum::<usize>() + meta.sources.len(), 500);
    }
}

#[test]
fn many_old_addresses_are_distinguished() {
    let aliases = (0..300_000).map(|n| format!("- /old/{n}/\n")).collect::<Vec<_>>().concat();
    let Some(Document::Article(meta, _)) =
        article(&format!("---\ntitle: T\naliases:\n{aliases}- /old/7/\n---\n")).document
    else {
        panic!("no document")
    };
    assert_eq!(meta.aliases.len(), 300_000);
}

#[test]
fn wide_tables_do_not_multiply() {
    let wide = format!("{}\n{}\n{}", "|a".repeat(5_000), "|-".repeat(5_000), "a\n".repeat(5_000));
    let Some(Document::Article(_, body)) = body(&wide).document else { panic!("no document") };
    assert!(body.html.len() < 50_000_000, "{}", body.html.len());
}

#[test]
fn deep_formulas_are_refused() {
    for piece in [
        "{",
        "\\sqrt",
        "\\left(",
        "x^{",
        "\\frac1",
        "\\hat ",
        "\\not ",
        "\\begin{matrix}",
        "\\text{",
        "\\mathbf x^",
    ] {
        for close in ["", "}"] {
            let parsed = body(&format!("$${}x{}$$", piece.repeat(15_000), close.repeat(15_000)));
            assert!(parsed.diagnostics.iter().all(|diagnostic| diagnostic.rule == Rule::BadMath), "{piece}");
        }
    }
}

#[test]
fn long_code_is_not_highlighted() {
    let parsed = body(&format!("```js\n{}\n```", "a(".repeat(SIZE)));
    let Some(Document::Article(meta, _)) = parsed.document else { panic!("no document") };
    assert!(!meta.has_code);
}

/// Front matter of one repeated piece; what it is told is counted.
fn front(fence: &str, before: &str, piece: &str, after: &str) -> usize {
    let text = piece.repeat(SIZE / piece.len());
    article(&format!("{fence}\n{before}{text}{after}\n{fence}\n")).diagnostics.len()
}

#[test]
fn repeated_front_matter_is_read_in_time() {
    for (before, piece) in [
        ("extra: ", "["),
        ("extra: ", "{a: "),
        ("extra:\n  ", "- "),
        ("extra:\n  ", "? "),
        ("tags:\n", "- a\n"),
        ("tags:\n", "- {a: b}\n"),
        ("", "title: v\n"),
        ("aliases:\n", "- /../\n"),
        ("title: ", "x"),
        ("title: \"", "x\n"),
        ("title: ", "&a "),
        ("title: ", "<a"),
        ("title: ", "<a>"),
        ("title: ", "<a>b</a>"),
        ("title: ", "<a b=\"c\">"),
        ("summary: ", "<i"),
        ("summary: ", "</i> <i> "),
        ("related:\n", "- [a, b]\n"),
        ("title: ", "!!"),
        ("title:\n", "  "),
        ("title: ", "*a "),
        ("", "a: "),
    ] {
        front("---", before, piece, "");
    }
    for (before, piece) in [
        ("extra = ", "["),
        ("extra = ", "{a="),
        ("", "a."),
        ("", "[a."),
        ("", "[[source]]\nx=1\n"),
        ("", "a = 1\n"),
    ] {
        assert!(front("+++", before, piece, "") > 0, "{piece}");
    }
    let keys = (0..10_000).map(|n| format!("k{n}: v")).collect::<Vec<_>>().join("\n");
    assert!(front("---", &keys, " ", "") >= 10_000);
}

#[test]
fn aliases_that_multiply_are_refused() {
    let one =
        |parsed: Parsed| parsed.diagnostics.iter().filter(|found| found.rule == Rule::FrontMatter).count();
    let long =
        format!("---\nextra:\n  a: &a [{}]\n  b: [{}]\n---\n", "x,".repeat(10_000), "*a,".repeat(5_000));
    assert_eq!(one(article(&long)), 1);
    let mut nested = "---\nextra:\n  a0: &a0 [x,x,x,x,x,x,x,x,x]\n".to_owned();
    for n in 1..12 {
        let alias = format!("*a{},", n - 1).repeat(9);
        nested.extend(["  a", &n.to_string(), ": &a", &n.to_string(), " [", &alias, "]\n"]);
    }
    assert_eq!(one(article(&format!("{nested}---\n"))), 1);
    assert_eq!(one(article("---\nextra: {a: &a x, b: [*a, *a]}\n---\n")), 0);
}
