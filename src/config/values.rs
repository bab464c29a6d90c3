//! Checks single values of the configuration. Each function takes one value as it is written, without its
//! key, and returns the checked value or a fault.

use url::Url;

use super::UrlPart;
use crate::base::date::{self, Zone};
use crate::base::diag::closest;
use crate::base::language::Language;
use crate::base::slug::is_segment;

/// What is wrong with a value, as a clause that follows its key: "`timezone` is not …".
#[derive(Debug, PartialEq, Eq)]
pub struct Fault {
    /// The clause.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
    /// The part of the value that is wrong, if it is not the whole.
    pub part: Option<String>,
}

/// The value, or what is wrong with it.
pub type Checked<T> = Result<T, Fault>;

impl Fault {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), hint: None, part: None }
    }

    pub(super) fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    pub(super) fn part(self, part: impl Into<String>) -> Self {
        Self { part: Some(part.into()), ..self }
    }
}

/// The address of a site: its origin without a slash at the end (`https://example.org`), and its path on that
/// host, percent-encoded, without a slash at the end (empty, or `/sub/path`).
pub fn base_url(text: &str) -> Checked<(String, String)> {
    let url = match Url::parse(text.trim()) {
        Ok(url) if matches!(url.scheme(), "http" | "https") => url,
        Ok(url) if text.contains("://") => {
            return Err(Fault::new(format!(
                "must start with `https://` or `http://`, not `{}`",
                url.scheme()
            ))
            .part(url.scheme()));
        }
        _ => {
            let fault = Fault::new("is not a web address");
            let looks_like_host = text.contains('.') && !text.contains([' ', ':']);
            let address = if looks_like_host { text.trim_matches('/') } else { "example.org" };
            return Err(fault.hint(format!("write it like `https://{address}/`")));
        }
    };
    if let Some(extra) = [url.query().map(|q| format!("?{q}")), url.fragment().map(|f| format!("#{f}"))]
        .into_iter()
        .flatten()
        .next()
    {
        return Err(
            Fault::new(format!("cannot have `{extra}`, because pages are added to its end")).part(extra)
        );
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Fault::new("cannot have a user name or password, because it appears on every page"));
    }
    let path = url.path().trim_end_matches('/');
    if path.contains("//") {
        return Err(Fault::new("has an empty part between two slashes in its path"));
    }
    Ok((url.origin().ascii_serialization(), path.to_owned()))
}

/// A language tag (BCP 47), such as `en`, `pt-BR` or `zh-Hant`.
pub(super) fn language(tag: &str) -> Checked<Language> {
    let language = tag.parse::<Language>();
    if let Some(meant) = language.as_ref().ok().and_then(Language::meant) {
        let fault = Fault::new(format!("is the code of a country and of no language: `{tag}`"));
        return Err(fault.hint(format!("did you mean `{meant}`?")));
    }
    language.map_err(|_| {
        let fault = Fault::new(format!("is not a language tag: `{tag}`"));
        // The name of a locale: `en_GB.UTF-8`.
        let repaired = tag.split('.').next().unwrap_or_default().replace('_', "-").parse::<Language>();
        fault.hint(match repaired {
            Ok(language) => format!("did you mean `{language}`?"),
            Err(_) => "write a code such as `en`, `de-AT` or `zh-Hant`".to_owned(),
        })
    })
}

/// A time zone by name.
pub(super) fn zone(name: &str) -> Checked<Zone> {
    name.parse().map_err(|_| {
        let fault = Fault::new(format!("is not a time zone of the IANA database: `{name}`"));
        let city = |zone: &&str| zone.rsplit('/').next().is_some_and(|city| city.eq_ignore_ascii_case(name));
        let best = Zone::names().find(city).or_else(|| closest(name, Zone::names()));
        match best {
            Some(best) => fault.hint(format!("did you mean `{best}`?")),
            None => fault.hint("write a name such as `Europe/Lisbon` or `UTC`"),
        }
    })
}

/// A pattern for dates.
pub(super) fn date_format(pattern: &str) -> Checked<()> {
    let example = "`%-d %B %Y` is `5 March 2022`, `%Y-%m-%d` is `2022-03-05`";
    if !date::is_pattern(pattern) {
        return Err(Fault::new("is not a pattern that dates can be written with").hint(example));
    }
    let plain = pattern.replace("%%", "");
    if let Some(part) = ["%x", "%X", "%c", "%r"].into_iter().find(|part| plain.contains(part)) {
        return Err(
            Fault::new(format!("has `{part}`, which no language writes in its own way")).hint(example)
        );
    }
    if !plain.contains('%') {
        return Err(Fault::new("has no part of a date in it").hint(example));
    }
    Ok(())
}

/// A folder in the form of [`Folders`](super::Folders): forward slashes, no slash at the end, no needless
/// dots.
pub(super) fn folder(path: &str) -> Checked<String> {
    if path.trim().is_empty() {
        return Err(Fault::new("is empty").hint("write `.` for the site's own folder"));
    }
    if path.contains('\\') {
        let hint = format!("write `{}`", path.replace('\\', "/"));
        return Err(Fault::new("has backslashes").hint(hint));
    }
    if path.contains(char::is_control) {
        return Err(Fault::new("has characters that no path can have"));
    }
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|&last| last != "..") => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    let inner = parts.join("/");
    Ok(match (path.starts_with('/'), inner.as_str()) {
        (true, _) => format!("/{inner}"),
        (false, "") => ".".to_owned(),
        (false, _) => inner,
    })
}

/// A folder of content, which must not be that of the theme's words: all files there are read as words.
pub(super) fn content_folder(path: &str) -> Checked<String> {
    let folder = folder(path)?;
    match folder.split('/').next() {
        Some("i18n") => Err(Fault::new("cannot be in `i18n`, where the words of the theme are")),
        _ => Ok(folder),
    }
}

/// The output folder, which must be a folder of its own below the root.
pub(super) fn output_folder(path: &str) -> Checked<String> {
    let usual = "write `public`, or any other name";
    if path.trim().is_empty() {
        return Err(Fault::new("is empty").hint(usual));
    }
    let folder = folder(path)?;
    let hint = "`--out` on the command line may name any folder";
    if folder == "." {
        return Err(Fault::new("is the site's own folder, but must be one below it").hint(usual));
    }
    if folder.starts_with("..") || folder.starts_with('/') || folder.contains(':') {
        return Err(Fault::new("must lie below the site's own folder").hint(hint));
    }
    let first = folder.split('/').next().unwrap_or_default();
    if first.starts_with('.') || FOLDERS_OF_THEMES.contains(&first) {
        return Err(Fault::new(format!("cannot be in `{first}`, which is used for something else")));
    }
    Ok(folder)
}

/// The folders of a site that belong to its theme.
pub const FOLDERS_OF_THEMES: [&str; 4] = ["themes", "templates", "assets", "i18n"];

/// The first segment of a family of addresses; slashes around it do no harm.
pub(super) fn segment(text: &str) -> Checked<String> {
    let inner = text.trim_matches('/');
    if is_segment(inner) {
        return Ok(inner.to_owned());
    }
    let reason = if inner.is_empty() {
        "is empty"
    } else if inner.contains('/') {
        "must be a single part of an address, without slashes"
    } else {
        "cannot be used in an address"
    };
    Err(Fault::new(reason))
}

/// An address of the site or of the web.
pub(super) fn address(text: &str) -> Checked<()> {
    if text.starts_with("//") || text.contains(char::is_whitespace) {
        return Err(Fault::new("is not an address").hint("start it with `/` or `https://`"));
    }
    if text.starts_with('/') {
        return Ok(());
    }
    match Url::parse(text) {
        Ok(url) if matches!(url.scheme(), "http" | "https" | "mailto") => Ok(()),
        Ok(url) => Err(Fault::new(format!("cannot be a `{}:` address", url.scheme()))
            .hint("start it with `/` or `https://`")
            .part(url.scheme())),
        Err(_) => {
            let inner = text.trim_start_matches("./");
            Err(Fault::new("must start with `/` or `https://`").hint(format!("did you mean `/{inner}`?")))
        }
    }
}

/// The name of a theme, which is the name of its folder.
pub(super) fn theme_name(name: &str) -> Checked<()> {
    if is_segment(name) {
        return Ok(());
    }
    let fault = Fault::new("is not the name of a theme");
    Err(match name.trim_matches('/').rsplit_once('/') {
        Some((_, last)) if is_segment(last) => {
            fault.hint(format!("themes are in `themes/`; write only the name: `{last}`"))
        }
        _ => fault,
    })
}

/// The placeholders of an address pattern.
const PLACEHOLDERS: [(&str, UrlPart); 6] = [
    ("year", UrlPart::Year),
    ("month", UrlPart::Month),
    ("day", UrlPart::Day),
    ("slug", UrlPart::Slug),
    ("source", UrlPart::Source),
    ("section", UrlPart::Section),
];

/// A pattern for the addresses of articles.
pub(super) fn pattern(text: &str) -> Checked<Vec<UrlPart>> {
    if !text.starts_with('/') {
        return Err(Fault::new("must start with `/`").hint(format!("did you mean `/{text}`?")));
    }
    let parts = pattern_parts(text)?;
    if !parts.contains(&UrlPart::Slug) {
        let hint = "without it, two articles of one day would have the same address";
        return Err(Fault::new("must contain `{slug}`").hint(hint));
    }
    if !text.ends_with('/') && text.strip_suffix(".html").is_none() {
        return Err(Fault::new("must end in `/` or `.html`").hint(format!("did you mean `{text}/`?")));
    }
    let inner = text.trim_start_matches('/').trim_end_matches('/');
    let segment_is_fine = |part: &str| !matches!(part, "" | "." | "..");
    let forbidden = |c: char| c.is_control() || matches!(c, '\\' | '?' | '#' | '%');
    if !inner.split('/').all(segment_is_fine) || text.starts_with("//") || text.ends_with("//") {
        return Err(Fault::new("has a part that is empty, `.` or `..`"));
    }
    match text.matches(forbidden).next() {
        Some(bad) => Err(Fault::new(format!("cannot contain `{}`", bad.escape_default())).part(bad)),
        None => Ok(parts),
    }
}

fn pattern_parts(text: &str) -> Checked<Vec<UrlPart>> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        let Some((name, after)) = rest[at..].strip_prefix('{').and_then(|inner| inner.split_once('}')) else {
            let fault = Fault::new("has an unmatched brace").part(&rest[at..]);
            return Err(fault.hint("placeholders are written like `{slug}`"));
        };
        if at > 0 {
            parts.push(UrlPart::Text(rest[..at].to_owned()));
        }
        parts.push(placeholder(name)?);
        rest = after;
    }
    if !rest.is_empty() {
        parts.push(UrlPart::Text(rest.to_owned()));
    }
    Ok(parts)
}

fn placeholder(name: &str) -> Checked<UrlPart> {
    if let Some((_, part)) = PLACEHOLDERS.iter().find(|(known, _)| *known == name) {
        return Ok(part.clone());
    }
    let fault = Fault::new(format!("has the unknown placeholder `{{{name}}}`")).part(format!("{{{name}}}"));
    let known = PLACEHOLDERS.iter().map(|(known, _)| *known);
    Err(match closest(name, known.clone()) {
        Some(best) => fault.hint(format!("did you mean `{{{best}}}`?")),
        None => fault.hint(format!(
            "known are {}",
            known.map(|name| format!("`{{{name}}}`")).collect::<Vec<_>>().join(", ")
        )),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check<T: std::fmt::Debug>(value: Checked<T>, expected: &str) {
        let seen = match value {
            Ok(value) => format!("{value:?}"),
            Err(Fault { message, hint: Some(hint), .. }) => format!("{message}; {hint}"),
            Err(Fault { message, .. }) => message,
        };
        assert_eq!(seen, expected);
    }

    #[test]
    fn base_urls() {
        check(base_url("https://example.org"), r#"("https://example.org", "")"#);
        check(base_url("https://example.org/"), r#"("https://example.org", "")"#);
        check(base_url("http://localhost:8080/a/b/"), r#"("http://localhost:8080", "/a/b")"#);
        check(
            base_url("https://Müller.example:443/ü b"),
            r#"("https://xn--mller-kva.example", "/%C3%BC%20b")"#,
        );
        check(
            base_url("example.org/news/"),
            "is not a web address; write it like `https://example.org/news/`",
        );
        check(base_url("my site"), "is not a web address; write it like `https://example.org/`");
        check(base_url("ftp://e.org"), "must start with `https://` or `http://`, not `ftp`");
        check(base_url("https://e.org/?a=1"), "cannot have `?a=1`, because pages are added to its end");
        check(base_url("https://e.org/#x"), "cannot have `#x`, because pages are added to its end");
        check(base_url("https://e.org//a"), "has an empty part between two slashes in its path");
        check(
            base_url("https://me:pw@e.org"),
            "cannot have a user name or password, because it appears on every page",
        );
    }

    #[test]
    fn languages() {
        for (written, expected) in
            [("en", "en"), ("de-at", "de-AT"), ("ZH-Hant-tw", "zh-Hant-TW"), ("haw", "haw")]
        {
            assert_eq!(language(written).map(|language| language.to_string()), Ok(expected.to_owned()));
        }
        check(
            language("x-klingon"),
            "is not a language tag: `x-klingon`; write a code such as `en`, `de-AT` or `zh-Hant`",
        );
        check(language("jp"), "is the code of a country and of no language: `jp`; did you mean `ja`?");
        check(language("en_GB"), "is not a language tag: `en_GB`; did you mean `en-GB`?");
        check(language("en_GB.UTF-8"), "is not a language tag: `en_GB.UTF-8`; did you mean `en-GB`?");
        check(language(""), "is not a language tag: ``; write a code such as `en`, `de-AT` or `zh-Hant`");
    }

    #[test]
    fn zones() {
        check(zone("UTC").map(Zone::name), r#""UTC""#);
        check(
            zone("vienna").map(Zone::name),
            "is not a time zone of the IANA database: `vienna`; did you mean `Europe/Vienna`?",
        );
        check(
            zone("Europe/Lisabon").map(Zone::name),
            "is not a time zone of the IANA database: `Europe/Lisabon`; did you mean `Europe/Lisbon`?",
        );
    }

    #[test]
    fn folders_are_tidied() {
        for (written, tidy) in [
            ("content/articles/", "content/articles"),
            ("./a//b/../c", "a/c"),
            ("../x/", "../x"),
            ("../../x", "../../x"),
            (".", "."),
            ("a/..", "."),
            ("/srv/news/", "/srv/news"),
            ("/", "/"),
        ] {
            assert_eq!(folder(written).as_deref(), Ok(tidy), "{written}");
        }
        check(folder(" "), "is empty; write `.` for the site's own folder");
        check(folder("a\\b"), "has backslashes; write `a/b`");
        check(content_folder("i18n/data"), "cannot be in `i18n`, where the words of the theme are");
    }

    #[test]
    fn the_output_stays_inside() {
        for bad in ["..", "../out", "/out", "a/../../b", ".", "a/..", ".masthead/x", "themes", "C:/out"] {
            assert!(output_folder(bad).is_err(), "{bad}");
        }
        check(output_folder(""), "is empty; write `public`, or any other name");
        assert_eq!(output_folder("./dist/site/").as_deref(), Ok("dist/site"));
    }

    #[test]
    fn patterns() {
        check(pattern("/{year}/a-{slug}.html"), r#"[Text("/"), Year, Text("/a-"), Slug, Text(".html")]"#);
        check(pattern("/{slug}/"), r#"[Text("/"), Slug, Text("/")]"#);
        check(pattern("{slug}/"), "must start with `/`; did you mean `/{slug}/`?");
        check(pattern("/{slug}"), "must end in `/` or `.html`; did you mean `/{slug}/`?");
        check(pattern("/{yaer}/{slug}/"), "has the unknown placeholder `{yaer}`; did you mean `{year}`?");
        check(pattern("/{slug/"), "has an unmatched brace; placeholders are written like `{slug}`");
        check(pattern("/slug}/"), "has an unmatched brace; placeholders are written like `{slug}`");
        check(pattern("/a//{slug}/"), "has a part that is empty, `.` or `..`");
        check(pattern("//{slug}/"), "has a part that is empty, `.` or `..`");
        check(pattern("/../{slug}/"), "has a part that is empty, `.` or `..`");
        check(pattern("/a?{slug}/"), "cannot contain `?`");
        check(
            pattern("/{year}/"),
            "must contain `{slug}`; without it, two articles of one day would have the same address",
        );
    }

    #[test]
    fn addresses() {
        for good in ["/", "/about/", "https://example.org", "mailto:a@example.org", "/#top"] {
            assert_eq!(address(good), Ok(()), "{good}");
        }
        check(address("about/"), "must start with `/` or `https://`; did you mean `/about/`?");
        check(
            address("javascript:alert(1)"),
            "cannot be a `javascript:` address; start it with `/` or `https://`",
        );
        check(address("//example.org"), "is not an address; start it with `/` or `https://`");
    }

    #[test]
    fn date_formats() {
        assert_eq!(date_format("%-d. %B %Y"), Ok(()));
        for bad in ["YYYY-MM-DD", "", "%Q", "100%", "%%", "%x"] {
            assert!(date_format(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn segments_and_themes() {
        check(segment("/topics/"), r#""topics""#);
        check(segment("a/b"), "must be a single part of an address, without slashes");
        check(segment("a?b"), "cannot be used in an address");
        check(segment(""), "is empty");
        check(
            theme_name("themes/mine"),
            "is not the name of a theme; themes are in `themes/`; write only the name: `mine`",
        );
        check(
            theme_name("../x"),
            "is not the name of a theme; themes are in `themes/`; write only the name: `x`",
        );
    }
}
