//! The headings that links mean.
//!
//! Ids are made in many ways: `#q-a`, `#q--a` and `#Q & A` are one heading in three programs. What no heading has
//! exactly means the only one that has the same letters and digits.

use crate::base::fold::fold;
use crate::base::percent::decoded;

/// The most headings among which one is looked for that is written otherwise.
const MOST: usize = 1_000;

/// The id that a fragment means, or what it says if there is none. The ids are sorted.
pub(super) fn meant(ids: &[String], written: &str) -> Result<String, String> {
    let wanted = decoded(written);
    // `#` and `#top` are the top of every page.
    let is_top = wanted.is_empty() || wanted == "top";
    if is_top || ids.binary_search_by(|id| id.as_str().cmp(&wanted)).is_ok() {
        return Ok(wanted);
    }
    let letters = letters(&wanted);
    let is_looked_for = ids.len() <= MOST && !letters.is_empty();
    let mut alike = ids.iter().filter(|id| is_looked_for && is_like(id, &letters));
    match (alike.next(), alike.next()) {
        (Some(only), None) => Ok(only.clone()),
        _ => Err(wanted),
    }
}

/// The letters and digits of an id, without accents, as they are compared.
fn letters(id: &str) -> String {
    fold(id).chars().filter(|c| !c.is_ascii() || c.is_ascii_alphanumeric()).collect()
}

fn is_like(id: &str, wanted: &str) -> bool {
    if !id.is_ascii() {
        return letters(id) == wanted;
    }
    let letters = id.bytes().filter(u8::is_ascii_alphanumeric).map(|byte| byte.to_ascii_lowercase());
    letters.eq(wanted.bytes())
}

#[cfg(test)]
mod tests {
    use super::meant;

    #[test]
    fn a_heading_may_be_written_in_several_ways() {
        let mut ids = ["q--a", "what-is-new-in-v12", "über-uns", "同じ", "c", "foo", "foo-1", "fo-o1"]
            .map(str::to_owned);
        ids.sort();
        for (written, expected) in [
            ("q--a", Ok("q--a")),
            ("q-a", Ok("q--a")),
            ("Q%20&%20A", Ok("q--a")),
            ("what-is-new-in-v1-2", Ok("what-is-new-in-v12")),
            ("what_is_new_in_v1.2", Ok("what-is-new-in-v12")),
            ("uber-uns", Ok("über-uns")),
            ("u\u{308}ber-uns", Ok("über-uns")),
            ("%C3%9Cber-Uns", Ok("über-uns")),
            ("同-じ", Ok("同じ")),
            ("foo-1", Ok("foo-1")),
            ("foo1", Err("foo1")),
            ("foo-2", Err("foo-2")),
            ("--", Err("--")),
            ("top", Ok("top")),
            ("", Ok("")),
        ] {
            let expected = expected.map(str::to_owned).map_err(str::to_owned);
            assert_eq!(meant(&ids, written), expected, "{written}");
        }
    }
}
