//! Names listed in a sentence, as a language does it: `A, B and C`, `A、B、C`. The owner of the crates
//! `icu_list` and `writeable`.

use std::fmt;

use icu_list::options::ListFormatterOptions;
use icu_list::{ListFormatter, parts};
use writeable::{Part, PartsWrite, Writeable};

use super::language::Language;

/// Names in a sentence.
pub fn listed<S: AsRef<str>>(names: &[S], language: &Language) -> String {
    let marks = marks(names, language);
    marks
        .iter()
        .map(String::as_str)
        .zip(names.iter().map(AsRef::as_ref).chain([""]))
        .flat_map(|(mark, name)| [mark, name])
        .collect()
}

/// What stands before each of the names and behind the last (Unicode CLDR, "list patterns"): of two names in
/// English, nothing, ` and ` and nothing. It depends on the names: Spanish has another "and" before an `i`.
pub fn marks<S: AsRef<str>>(names: &[S], language: &Language) -> Vec<String> {
    if names.len() < 2 {
        return vec![String::new(); names.len() + 1];
    }
    let mut marks = Marks::default();
    let formatter = ListFormatter::try_new_and((&language.locale()).into(), ListFormatterOptions::default());
    // Neither can fail: every language has a pattern, if only that of the root, and memory can be written to.
    if let Ok(formatter) = formatter {
        formatter.format(names.iter().map(AsRef::as_ref)).write_to_parts(&mut marks).ok();
    }
    marks.done.push(marks.open);
    marks.done.resize(names.len() + 1, String::new());
    marks.done
}

/// Takes down what is written outside of the names.
#[derive(Default)]
struct Marks {
    done: Vec<String>,
    open: String,
    in_name: bool,
}

impl fmt::Write for Marks {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        if !self.in_name {
            self.open.push_str(text);
        }
        Ok(())
    }
}

impl PartsWrite for Marks {
    type SubPartsWrite = Self;

    fn with_part(&mut self, part: Part, mut write: impl FnMut(&mut Self) -> fmt::Result) -> fmt::Result {
        if part != parts::ELEMENT {
            return write(self);
        }
        self.done.push(std::mem::take(&mut self.open));
        self.in_name = true;
        write(self)?;
        self.in_name = false;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(tag: &str, names: &[&str], expected: &str) {
        assert_eq!(listed(names, &tag.parse().unwrap()), expected, "{tag}");
    }

    #[test]
    fn names_are_listed_as_the_language_does_it() {
        check("en", &[], "");
        check("en", &["Ann"], "Ann");
        check("en", &["Ann", "Bo"], "Ann and Bo");
        check("en", &["Ann", "Bo", "Cy"], "Ann, Bo and Cy");
        check("en-US", &["Ann", "Bo", "Cy"], "Ann, Bo, and Cy");
        check("de", &["Ann", "Bo", "Cy"], "Ann, Bo und Cy");
        check("es", &["Ana", "Isabel"], "Ana e Isabel");
        check("ja", &["森", "林", "木"], "森、林、木");
        check("zh", &["森", "林", "木"], "森、林和木");
        check("ar", &["سعاد", "ليلى", "منى"], "سعاد وليلى ومنى");
        check("tlh", &["Ann", "Bo", "Cy"], "Ann, Bo, Cy");
    }

    #[test]
    fn what_stands_around_names_is_known() {
        let english = "en".parse().unwrap();
        assert_eq!(marks(&["a", " and ", "b"], &english), ["", ", ", " and ", ""]);
        assert_eq!(marks::<&str>(&[], &english), [""]);
    }
}
