//! Sites in the languages of the world: their dates, orders, lists, plurals and words.

use masthead::build::Way;

use crate::support::{SITE_TOML, TestSite, article, told};

/// A site in a language, with articles: title, date, more front matter.
fn site(language: &str, articles: &[(&str, &str, &str)]) -> TestSite {
    let site = TestSite::new("");
    speak(&site, language);
    for (number, (title, date, more)) in articles.iter().enumerate() {
        site.write(&format!("content/articles/a{number}.md"), &article(title, date, more));
    }
    site
}

fn speak(site: &TestSite, language: &str) {
    site.write("site.toml", &format!("{SITE_TOML}language = \"{language}\"\n"));
}

/// The texts that stand between `start` and `end` on a page.
fn all_between(page: &str, start: &str, end: &str) -> Vec<String> {
    page.split(start).skip(1).filter_map(|rest| rest.split(end).next()).map(str::to_owned).collect()
}

#[test]
fn a_language_has_one_spelling() {
    for language in ["en-us", "EN-US", "en-US"] {
        let mut site = site(language, &[("A", "2024-03-05", "lang: en_us\n")]);
        site.build_fine();
        let page = site.page("2024/03/a0/index.html");
        assert!(page.contains("<html lang=\"en-US\""), "{page}");
        assert!(page.contains(">March 5, 2024</time>"), "{page}");
        // The article is not in another language than its site.
        assert!(!site.page("index.html").contains("hreflang="), "{language}");
    }
}

#[test]
fn a_month_that_stands_alone_has_its_own_form() {
    for (language, title, day) in [
        ("pl", "maj 1923", "5 maja 1923"),
        ("cs", "květen 1923", "5. května 1923"),
        ("fi", "toukokuu 1923", "5. toukokuuta 1923"),
        ("sr-Latn", "maj 1923.", "05. maj 1923."),
        ("bn", "মে 1923", "5 মে, 1923"),
    ] {
        let mut site = site(language, &[("A", "1923-05-05", "")]);
        site.build();
        let page = site.page("1923/05/index.html");
        assert!(page.contains(&format!("<h1><bdi>{title}</bdi></h1>")), "{title}: {page}");
        assert!(site.page("1923/05/a0/index.html").contains(&format!(">{day}</time>")), "{day}");
    }
}

#[test]
fn terms_are_in_the_order_of_the_language() {
    for (language, names) in [
        ("en", "Adder Ångström Zorn"),
        ("sv", "Adder Zorn Ångström"),
        ("pl", "Lubin Łódź Maj"),
        ("uk", "Еко Єва Жук Ірис Їжак Йод"),
        ("ja", "アメリカ いぬ ウマ"),
    ] {
        let mut shuffled: Vec<&str> = names.split(' ').collect();
        shuffled.reverse();
        let tags = format!("tags: [{}]\n", shuffled.join(", "));
        let mut site = site(language, &[("A", "2024-03-05", &tags)]);
        site.write("templates/terms.html", "{% for term in terms.terms %} {{ term.name }}{% endfor %}");
        site.build();
        assert_eq!(site.page("tags/index.html").trim(), names, "{language}");
    }
}

#[test]
fn names_are_listed_as_the_language_does_it() {
    for (language, names, expected) in [
        ("en", "[Ann, Bo, Cy]", "Ann, Bo and Cy"),
        ("es", "[Ana, Isabel]", "Ana e Isabel"),
        ("ar", "[سعاد, ليلى, منى]", "سعاد وليلى ومنى"),
        ("ja", "[森 鴎外, 林 芙美子, 夏目 漱石]", "森 鴎外、林 芙美子、夏目 漱石"),
    ] {
        let mut site = site(language, &[("A", "2024-03-05", &format!("authors: {names}\n"))]);
        site.build_fine();
        let page = site.page("2024/03/a0/index.html");
        let byline = all_between(&page, "<p class=\"authors\">", "</p>").concat();
        let names: String = byline.split('<').map(|piece| piece.rsplit('>').next().unwrap()).collect();
        assert!(names.ends_with(expected), "{names}");
        let colon = if language == "ja" { "：" } else { ": " };
        assert!(page.contains(&format!("{expected}{colon}A.")), "{page}");
        assert!(site.page("index.html").contains(expected), "{language}");
    }
}

#[test]
fn the_place_in_a_series_is_one_phrase() {
    for (language, part, whole) in
        [("en", "Part 1", "Part 1 of 2"), ("ja", "第1回", "第1回（全2回）"), ("pl", "Część 1", "Część 1 z 2")]
    {
        let series = |part| format!("series: {{name: S, part: {part}}}\n");
        let mut site = site(language, &[("A", "2024-03-05", &series(1)), ("B", "2024-03-06", &series(2))]);
        site.build_fine();
        let page = site.page("2024/03/a0/index.html");
        assert!(page.contains(&format!("· <span>{part}<")), "{page}");
        assert!(page.contains(&format!("· {whole}<")), "{page}");
    }
    // What is filled in is no pattern itself, and what has no value stays.
    let mut site = site("en", &[("A", "2024-03-05", "")]);
    site.write("templates/article.html", "{{ '{a} {b} {c} {' | filled(a='{b}', b=2) }}");
    site.build_fine();
    assert_eq!(site.page("2024/03/a0/index.html").trim(), "{b} 2 {c} {");
}

#[test]
fn numbers_go_with_the_language_of_their_words() {
    let counted = |language: &str, articles: usize, words: &str| {
        let mut site = site(language, &[]);
        for number in 0..articles {
            site.write(&format!("content/articles/a{number}.md"), &article("A", "2024-03-05", "tags: [t]\n"));
        }
        if !words.is_empty() {
            site.write(&format!("i18n/{language}.toml"), words);
        }
        site.write("templates/list.html", "{{ list.total | counted(word=\"n_articles\") }}");
        site.write("templates/home.html", "{{ 12500 | counted(word=\"n_articles\") }}");
        site.build();
        [site.page("tags/t/index.html"), site.page("index.html")].map(|page| page.trim().to_owned())
    };
    // English words, in the forms of English.
    assert_eq!(counted("zh", 1, ""), ["1 article", "12,500 articles"]);
    assert_eq!(counted("uk", 21, ""), ["21 articles", "12,500 articles"]);
    assert_eq!(
        counted("uk", 21, "[n_articles]\none = \"# стаття\"\nother = \"# статей\"\n"),
        ["21 стаття", "12\u{a0}500 статей"]
    );
    assert_eq!(counted("de", 1, ""), ["1 Artikel", "12.500 Artikel"]);
    assert_eq!(counted("pl", 2, ""), ["2 artykuły", "12\u{a0}500 artykułów"]);
}

#[test]
fn a_language_without_words_is_told_of() {
    let mut site = site("sk", &[("A", "2024-03-05", "")]);
    insta::assert_snapshot!("no_words", told(&site.build().diagnostics));
    // It is told of again without reading everything.
    site.edit("content/articles/a0.md", "The text", "Another text");
    let report = site.build();
    assert_eq!((report.way, report.diagnostics.len()), (Way::Renewed, 1));
    site.write("i18n/sk.toml", "home = \"Domov\"\n");
    insta::assert_snapshot!("few_words", told(&site.build().diagnostics));
    for language in ["pl", "pt-BR", "it", "nl", "de-AT"] {
        speak(&site, language);
        assert_eq!(told(&site.build().diagnostics), "", "{language}");
    }
}

#[test]
fn months_have_the_short_names_of_the_language() {
    for (language, names) in [
        ("de", "Jan Feb Mär Apr Mai Jun Jul Aug Sep Okt Nov Dez"),
        ("ja", "1月 2月 3月 4月 5月 6月 7月 8月 9月 10月 11月 12月"),
        ("hi", "जन॰ फ़र॰ मार्च अप्रैल मई जून जुल॰ अग॰ सित॰ अक्टू॰ नव॰ दिस॰"),
    ] {
        let mut site = site(language, &[("A", "2024-03-05", ""), ("B", "2024-12-06", "")]);
        site.build();
        let page = site.page("2024/index.html");
        let chart = all_between(&page, "<ol class=\"chart", "</ol>").concat();
        assert_eq!(all_between(&chart, "<span>", "</span>").join(" "), names, "{language}");
    }
}

#[test]
fn a_site_has_its_own_words_for_what_is_added_to_texts() {
    let text = "> [!NOTE]\n> A.[^1]\n\n[^1]: B.\n";
    let mut site = site("ko", &[]);
    site.write("content/articles/a.md", &(article("A", "2024-03-05", "") + text));
    site.write("content/articles/fr.md", &(article("B", "2024-03-05", "lang: fr\n") + text));
    let titles = |site: &TestSite| {
        ["a", "fr"].map(|name| {
            let page = site.page(&format!("2024/03/{name}/index.html"));
            let notes = all_between(&page, "role=\"doc-endnotes\" aria-label=\"", "\"").concat();
            all_between(&page, "alert-title\">", "</p>").concat() + " " + &notes
        })
    };
    let report = site.build();
    assert_eq!(titles(&site), ["<bdi lang=\"en\" dir=\"ltr\">Note</bdi> Footnotes", "Remarque Notes"]);
    assert_eq!(report.diagnostics.len(), 1);
    // A new word is in every text that has it, also in one from the cache.
    site.write("i18n/ko_kr.toml", "footnotes = \"no\"\n");
    site.write("i18n/ko.toml", "alert-note = \"참고 <1>\"\nfootnotes = \"각주\"\nhome = \"홈\"\n");
    let report = site.build();
    assert_eq!(titles(&site), ["참고 &lt;1&gt; 각주", "Remarque Notes"]);
    let message = &report.diagnostics[0].message;
    assert!(message.contains("words are missing in `ko`"), "{message}");
    site.write("i18n/fr.toml", "footnotes = \"Notes de bas de page\"\n");
    site.build();
    assert_eq!(titles(&site)[1], "Remarque Notes de bas de page");
}

#[test]
fn files_of_words_may_have_any_spelling_of_a_tag() {
    for name in ["pt_BR", "pt-br", "PT-BR", "pt-BR", "pt"] {
        let mut site = site("pt-BR", &[("A", "2024-03-05", "")]);
        site.write(&format!("i18n/{name}.toml"), "home = \"Começo\"\n");
        site.build_fine();
        assert!(site.page("2024/03/a0/index.html").contains("Começo"), "{name}");
    }
}

#[test]
fn an_outlet_is_named_in_its_own_language() {
    let mut site = site("tr", &[]);
    site.write("content/sources/times.md", "---\nname: The Irish Times\nlanguage: en\ncountry: IE\n---\n");
    site.write("content/articles/a.md", &article("A", "2024-03-05", "source: The Irish Times\nlang: tr\n"));
    site.write("content/articles/b.md", &article("B", "2024-03-06", "source: The Irish Times\nlang: en\n"));
    site.build();
    let name = "<a href=\"/sources/times/\"><bdi lang=\"en\" dir=\"ltr\">The Irish Times</bdi></a>";
    let (a, b) = (site.page("2024/03/a/index.html"), site.page("2024/03/b/index.html"));
    let kicker = |page: &str| all_between(page, "<p class=\"kicker\">", "</p>")[0].clone();
    assert_eq!(kicker(&a), name);
    // Its page is in English as a whole, but what the site adds is not.
    assert_eq!(kicker(&b), "<a href=\"/sources/times/\">The Irish Times</a>");
    for page in [&a, &b] {
        assert!(page.contains(&format!("<strong class=\"p-publication\">{name}</strong>")), "{page}");
    }
    let list = site.page("2024/03/index.html");
    assert_eq!(kicker(&list), name);
    // The language of a profile is on every card.
    site.edit("content/sources/times.md", "language: en", "language: ga");
    site.build();
    assert!(site.page("2024/03/index.html").contains("<bdi lang=\"ga\" dir=\"ltr\">The Irish Times"));
}

#[test]
fn citations_are_punctuated_in_their_language() {
    for (language, title, expected) in [
        ("ru", "Море", "Море. Test, 5 марта 2024\u{202f}г. https://"),
        ("ar", "لماذا؟", "لماذا؟ Test، 5 مارس 2024. https://"),
        ("hi", "बात।", "बात। Test, 5 मार्च, 2024. https://"),
        ("ja", "海。", "海。Test、2024年3月5日。https://"),
    ] {
        let mut site = site(language, &[(title, "2024-03-05", "")]);
        site.build();
        let page = site.page("2024/03/a0/index.html");
        let text = all_between(&page, "<p class=\"citation\">", "</p>").concat();
        assert!(text.starts_with(expected), "{text}");
    }
}
