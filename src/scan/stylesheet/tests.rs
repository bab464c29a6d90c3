use super::*;

/// Checks what becomes of `style.css`, and what is told. Files of the second layer begin with `2/`.
#[track_caller]
fn check(files: &[(&str, &str)], expected: &str, told: &[&str]) {
    let of = |prefix: &str, place: &str| {
        let mine = files.iter().filter_map(|(name, text)| {
            let name = if prefix.is_empty() { Some(*name) } else { name.strip_prefix(prefix) };
            let name = name.filter(|name| !name.starts_with("2/"))?;
            Some((format!("assets/{name}"), text.as_bytes().to_vec()))
        });
        Layer { place: place.to_owned(), files: mine.collect() }
    };
    let layers = [of("", ""), of("2/", "themes/t/")];
    let names = [("fonts/h.woff2", "fonts/h.1.woff2"), ("p.png", "p.2.png")];
    let names = names.map(|(name, hashed)| (name.to_owned(), hashed.to_owned())).into();
    let is_published = |name: &str| name == "static.png";
    let sheets = Sheets { layers: &layers, names: &names, is_published: &is_published };
    let mut found = Vec::new();
    let bundled = sheets.bundled("style.css", &mut found);
    assert_eq!(String::from_utf8(bundled).unwrap(), expected);
    let line = |one: &Diagnostic| {
        let place = one.place.unwrap();
        let (file, hint) = (one.file.as_deref().unwrap(), one.hint.as_deref().unwrap());
        format!("{file}:{}:{} {} ({hint})", place.line, place.column, one.message)
    };
    assert_eq!(found.iter().map(line).collect::<Vec<_>>(), told);
}

#[test]
fn imported_style_sheets_are_joined() {
    let base = ("base.css", "\u{feff}p { margin: 0 }\n");
    for (import, expected) in [
        ("@import \"base.css\";", "p{margin:0}a{color:red}"),
        ("@import 'base.css';", "p{margin:0}a{color:red}"),
        ("@IMPORT url(base.css) ;", "p{margin:0}a{color:red}"),
        ("@import url( \"./base.css\" );", "p{margin:0}a{color:red}"),
        ("@import \"base.css\" print, (width > 9px);", "@media print,(width > 9px){p{margin:0}}a{color:red}"),
        ("/* a\n@import \"base.css\";\n */", "a{color:red}"),
        ("b { content: '@import \"base.css\";' }", "b{content:'@import \"base.css\";'}a{color:red}"),
        ("@import \"https://e.example/x.css\";", "@import \"https://e.example/x.css\";a{color:red}"),
        (
            "b{c:d}@import url(https://e.example/x.css) print;",
            "@import url(https://e.example/x.css) print;b{c:d}a{color:red}",
        ),
        ("@import \"/x.css\";", "@import \"/x.css\";a{color:red}"),
    ] {
        check(&[base, ("style.css", &format!("\u{feff}{import}\na {{ color: red; }}"))], expected, &[]);
    }
}

#[test]
fn a_sheet_that_imports_its_own_name_means_the_next_layer() {
    let files = [
        ("style.css", "@import \"style.css\"; a{}"),
        ("2/style.css", "@import \"base.css\"; b{}"),
        ("2/base.css", "c{}"),
    ];
    check(&files, "c{}b{}a{}", &[]);
}

#[test]
fn imports_that_cannot_be_joined_are_told() {
    check(
        &[("style.css", "a{}\n@import \"bsae.css\";"), ("base.css", "")],
        "a{}@import \"bsae.css\";",
        &["assets/style.css:2:1 there is no `bsae.css` among the assets (did you mean `base.css`?)"],
    );
    check(
        &[("style.css", "@import \"style.css\";")],
        "@import \"style.css\";",
        &["assets/style.css:1:1 there is no `style.css` among the assets (put it into `assets/style.css`)"],
    );
    check(
        &[("style.css", "@import \"a.css\";"), ("2/a.css", "\n@import \"style.css\";")],
        "@import \"style.css\";",
        &[
            "themes/t/assets/a.css:2:1 the style sheet `style.css` imports itself, directly or through others \
           (remove the line)",
        ],
    );
    check(
        &[("style.css", "@import \"a.css\" layer(x);"), ("a.css", "")],
        "@import \"a.css\" layer(x);",
        &["assets/style.css:1:1 `a.css` cannot be taken in under `layer` or `supports` \
           (write `@layer … { }` or `@supports … { }` around the rules in `a.css`)"],
    );
}

#[test]
fn fonts_and_pictures_get_their_published_names() {
    for (written, expected) in [
        ("url(fonts/h.woff2)", "url(\"fonts/h.1.woff2\")"),
        ("URL( 'fonts/h.woff2' )", "url(\"fonts/h.1.woff2\")"),
        ("url(\"./p.png#part\")", "url(\"p.2.png#part\")"),
        ("url(/p.png)", "url(/p.png)"),
        ("url(../p.png)", "url(../p.png)"),
        ("url(#p)", "url(#p)"),
        ("url(static.png)", "url(static.png)"),
        ("url(data:image/png;base64,AA)", "url(data:image/png;base64,AA)"),
        ("myurl(p.png)", "myurl(p.png)"),
        ("'url(p.png)'", "'url(p.png)'"),
    ] {
        check(&[("style.css", &format!("a{{b:{written}}}"))], &format!("a{{b:{expected}}}"), &[]);
    }
    check(
        &[("style.css", "@import \"css/a.css\";"), ("2/css/a.css", "a{b:url(../p.png)}")],
        "a{b:url(\"p.2.png\")}",
        &[],
    );
}

#[test]
fn fonts_and_pictures_that_do_not_exist_are_told() {
    check(
        &[("style.css", "a{}\n b{c:url(p.pgn)}"), ("p.png", "")],
        "a{}b{c:url(p.pgn)}",
        &["assets/style.css:2:6 there is no `p.pgn` among the assets (did you mean `p.png`?)"],
    );
}

#[test]
fn what_is_not_closed_is_told_and_swallows_no_other_sheet() {
    for (imported, expected, told) in [
        ("b{c:d\n", "b{c:d}a{}", "1:2 `{` is not closed (write `}` where the rule ends)"),
        ("b{c:d} /* e", "b{c:d}a{}", "1:8 the comment is not closed (write `*/` where it ends)"),
        ("b{c:d}}", "b{c:d}}a{}", "1:7 `}` closes nothing (remove it)"),
    ] {
        let files = [("style.css", "@import \"b.css\";a{}"), ("b.css", imported)];
        check(&files, expected, &[&format!("assets/b.css:{told}")]);
    }
    check(
        &[("style.css", "a{b:\"c;}\n")],
        "a{b:\"c;}\n\"}",
        &[
            "assets/style.css:1:5 the text in quotes is not closed (write the same quote where it ends)",
            "assets/style.css:1:2 `{` is not closed (write `}` where the rule ends)",
        ],
    );
    check(&[("style.css", "a{b:\"\\\\\"}")], "a{b:\"\\\\\"}", &[]);
    check(&[("style.css", "a{b:url(data:x,{/*)}")], "a{b:url(data:x,{/*)}", &[]);
}
