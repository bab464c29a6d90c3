//! The filters that templates have beyond Tera's own. There are few, because a view comes with everything
//! ready.
//!
//! | filter | what it does |
//! | --- | --- |
//! | `address` | `"/about/"` with the base path of the site, for addresses that stand in options or data; others stay |
//! | `whole` | the same with scheme and host |
//! | `counted` | a number with its word, in the forms of the language: see [`super::counted`] |
//! | `listed` | names in a sentence, as the language does it: `A, B and C` |
//! | `marks` | what stands before each of some names that are listed, and behind the last |
//! | `spaced` | a word before what it introduces: with a blank, unless it ends with a wide sign such as `：` |
//! | `filled` | a word with values in its places: `"Part {part} of {total}"` |
//! | `urlencode` | a text as one value of an address |
//! | `json` | a value as JSON, as it may stand in a script element |
//! | `group_by` | Tera's own has no stable order, so that it must not be used: it fails |

use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

use crate::base::percent;
use crate::base::scripts::spaced;
use crate::model::theme::Theme;
use crate::model::view::SiteView;

/// Adds the filters to an engine.
pub(super) fn register(tera: &mut Tera, theme: &Theme, site: &SiteView) {
    let home = site.home.clone();
    tera.register_filter("address", move |address: &str, _: Kwargs, _: &State<'_>| prefixed(address, &home));
    let base_url = site.base_url.clone();
    tera.register_filter("whole", move |address: &str, _: Kwargs, _: &State<'_>| {
        prefixed(address, &base_url)
    });
    tera.register_filter("filled", |text: &str, values: Kwargs, _: &State<'_>| filled(text, &values));
    tera.register_filter("spaced", |word: &str, _: Kwargs, _: &State<'_>| spaced(word).into_owned());
    tera.register_filter("urlencode", |text: &str, _: Kwargs, _: &State<'_>| percent::as_value(text));
    tera.register_filter("json", json);
    tera.register_filter("group_by", group_by);
    super::counted::register(tera, &theme.words);
    super::listed::register(tera, &theme.words.language);
}

/// An address of the site below `home`, which ends in a slash; any other as it is.
pub(super) fn prefixed(address: &str, home: &str) -> String {
    match address.strip_prefix('/') {
        Some(path) if !path.starts_with('/') => format!("{home}{path}"),
        _ => address.to_owned(),
    }
}

/// A text in which `{part}` is the value of the argument `part`, and so on.
fn filled(text: &str, values: &Kwargs) -> String {
    let value = |name: &str| {
        values.iter().find(|(known, _)| known.as_str() == Some(name)).map(|(_, value)| value.to_string())
    };
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('{') {
        filled.push_str(before);
        match behind.split_once('}').and_then(|(name, after)| Some((value(name)?, after))) {
            Some((value, after)) => {
                filled.push_str(&value);
                rest = after;
            }
            None => {
                filled.push('{');
                rest = behind;
            }
        }
    }
    filled + rest
}

/// A value as JSON. Nothing in it can end a script element, begin a comment of HTML, or end an attribute in single
/// quotes (<https://html.spec.whatwg.org/multipage/scripting.html#restrictions-for-contents-of-script-elements>).
fn json(value: &Value, _: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    let written = serde_json::to_string(value).map_err(|error| Error::message(error.to_string()))?;
    let mut json = String::with_capacity(written.len());
    for c in written.chars() {
        match c {
            '<' => json.push_str("\\u003c"),
            '>' => json.push_str("\\u003e"),
            '&' => json.push_str("\\u0026"),
            '\'' => json.push_str("\\u0027"),
            '\u{2028}' => json.push_str("\\u2028"),
            '\u{2029}' => json.push_str("\\u2029"),
            c => json.push(c),
        }
    }
    Ok(Value::safe_string(&json))
}

fn group_by(_: &Value, _: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    Err(Error::message("`group_by` has no stable order, so the same site would not always be built the same"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_cannot_leave_a_script_and_a_value_cannot_leave_a_query() {
        let mut tera = Tera::new();
        tera.register_filter("json", json);
        tera.register_filter("urlencode", |text: &str, _: Kwargs, _: &State<'_>| percent::as_value(text));
        let mut context = tera::Context::new();
        context.insert("text", "</script><!-- 'a' & \"b\" \u{2028} é");
        context.insert("map", &serde_json::json!({ "a": [1, true, null, "x"] }));
        let mut check = |template: &str, expected: &str| {
            tera.add_raw_template("x.html", template).unwrap();
            assert_eq!(tera.render("x.html", &context).unwrap(), expected);
        };
        check("{{ text | json }}", r#""\u003c/script\u003e\u003c!-- \u0027a\u0027 \u0026 \"b\" \u2028 é""#);
        check("{{ map | json }}", r#"{"a":[1,true,null,"x"]}"#);
        check("{{ \"a b/c?d=é&-._~\" | urlencode }}", "a%20b%2Fc%3Fd%3D%C3%A9%26-._~");
    }
}
