//! What pages say to search engines is said in the words of schema.org, as their definitions want it.

use crate::golden;
use crate::own_sites;
use crate::support::{TestSite, extract, schema_org};

/// Checks every block of JSON-LD of every page, and returns how many there are.
fn check<'a>(output: impl IntoIterator<Item = (&'a String, &'a Vec<u8>)>) -> usize {
    let mut count = 0;
    for (path, bytes) in output.into_iter().filter(|(path, _)| path.ends_with(".html")) {
        for block in extract::json_ld(std::str::from_utf8(bytes).unwrap()) {
            let faults = schema_org::faults(block);
            assert!(faults.is_empty(), "`{path}`:\n{faults}{block}");
            count += 1;
        }
    }
    count
}

#[test]
fn every_role_and_policy_is_valid_schema_org() {
    let mut site = TestSite::copy_of(&golden::folder("sources").join("site"));
    site.build_fine();
    assert!(check(&site.output()) > 50);
}

#[test]
fn the_demo_site_is_valid_schema_org() {
    let count = check(own_sites::demo());
    assert!(count > 250, "{count}");
}

#[test]
fn errors_are_found() {
    let page = |properties: &str| {
        format!("{{\"@context\":\"https://schema.org\",\"@graph\":[{{\"@type\":\"WebPage\",{properties}}}]}}")
    };
    assert_eq!(schema_org::faults(&page("\"name\":\"A\",\"url\":\"https://a.example/\"")), "");
    for (properties, fault) in [
        ("\"nmae\":\"A\"", "@graph/WebPage.nmae is no property\n"),
        ("\"wordCount\":3", ""),
        ("\"wordCount\":3.5", "@graph/WebPage.wordCount is not Integer: 3.5\n"),
        ("\"wordCount\":\"3\"", "@graph/WebPage.wordCount is not Integer: \"3\"\n"),
        (
            "\"masthead\":\"https://a.example/\"",
            "@graph/WebPage.masthead is a property of NewsMediaOrganization only\n",
        ),
        ("\"about\":{\"@type\":\"Newspaper\",\"name\":\"A\"}", "@graph/WebPage.about/Newspaper is no type\n"),
        ("\"about\":{\"@type\":\"Text\",\"name\":\"A\"}", "@graph/WebPage.about/Text is no type\n"),
        ("\"about\":{\"name\":\"A\"}", "@graph/WebPage.about has no type\n"),
        ("\"about\":{\"@type\":\"Thing\"}", "@graph/WebPage.about/Thing says nothing\n"),
        ("\"about\":\"A thing\"", "@graph/WebPage.about is not Thing: \"A thing\"\n"),
        ("\"about\":\"https://a.example/thing\"", ""),
        (
            "\"author\":{\"@type\":\"WebSite\",\"name\":\"A\"}",
            "@graph/WebPage.author is not Organization, Person: {\"@type\":\"WebSite\",\"name\":\"A\"}\n",
        ),
        ("\"author\":{\"@type\":\"NewsMediaOrganization\",\"name\":\"A\"}", ""),
        ("\"author\":[]", "@graph/WebPage.author is empty\n"),
        ("\"name\":\"\"", "@graph/WebPage.name is not Text: \"\"\n"),
        ("\"name\":null", "@graph/WebPage.name is not Text: null\n"),
        ("\"datePublished\":\"1968-05\"", ""),
        (
            "\"datePublished\":\"2024-02-30\"",
            "@graph/WebPage.datePublished is not Date, DateTime: \"2024-02-30\"\n",
        ),
        (
            "\"datePublished\":\"2 May 2024\"",
            "@graph/WebPage.datePublished is not Date, DateTime: \"2 May 2024\"\n",
        ),
        ("\"url\":\"/a/\"", "@graph/WebPage.url is not URL: \"/a/\"\n"),
        ("\"@id\":\"a\"", "@graph/WebPage.@id is no whole address\n"),
        ("\"isAccessibleForFree\":true", ""),
        ("\"isAccessibleForFree\":\"true\"", "@graph/WebPage.isAccessibleForFree is not Boolean: \"true\"\n"),
    ] {
        assert_eq!(schema_org::faults(&page(properties)), fault, "{properties}");
    }
    let context = "@context is not that of schema.org\n";
    assert_eq!(
        schema_org::faults("{\"@graph\":[{\"@type\":\"WebPage\",\"name\":\"A\"}]}").lines().next(),
        context.lines().next()
    );
    assert!(
        schema_org::faults("{\"@context\":\"https://schema.org\",\"@graph\":[]}")
            .starts_with("@graph is not")
    );
    assert!(schema_org::faults("{").contains("is no JSON"));
}
