//! The places of keys in front matter.
//!
//! serde gives values without their places. These are needed only if something is wrong; only then the text
//! is searched again, by [`super::yaml_keys`] or [`super::toml`].

use std::cell::OnceCell;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::ops::Range;

use super::foreign;
use crate::base::diag::find_word;
use crate::model::front_keys::{are_same, same_as};
use crate::parse::text::Format;

/// One step on the path to a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::parse) enum Step<'a> {
    /// Into a map. Any of the key's synonyms will do.
    Key(&'a str),
    /// Into a list. If there is a single value instead of a list, item 0 is that value.
    Item(usize),
}

/// A key or list item in the text. Offsets count from the start of the file.
#[derive(Debug)]
pub(super) struct Node<'a> {
    /// The key or item that it stands in.
    pub(super) parent: Option<usize>,
    pub(super) step: Step<'a>,
    /// The key, or the whole item.
    pub(super) name: Range<usize>,
    /// The rest of the line after the key, at least.
    pub(super) value: Range<usize>,
}

/// The keys of some front matter.
pub(in crate::parse) struct Keys<'a> {
    format: Format,
    text: &'a str,
    start: usize,
    /// Where the fence begins that opens the front matter.
    fence: usize,
    found: OnceCell<Found<'a>>,
    foreign: OnceCell<HashMap<String, usize>>,
    items: OnceCell<Items<'a>>,
}

/// For each list and word, the first item that is this word, without quotes and without slashes at its ends.
/// There may be thousands of items, each with a diagnostic.
type Items<'a> = HashMap<(usize, &'a str), usize>;

/// The nodes of a text.
struct Found<'a> {
    nodes: Vec<Node<'a>>,
    /// The indices of the nodes, sorted by parent and step.
    order: Vec<usize>,
}

impl<'a> Found<'a> {
    fn new(nodes: Vec<Node<'a>>) -> Self {
        let mut order: Vec<usize> = (0..nodes.len()).collect();
        order.sort_by_key(|&number| (nodes[number].parent, nodes[number].step));
        Self { nodes, order }
    }

    /// The first node of a parent and step.
    fn get(&self, parent: Option<usize>, step: Step<'_>) -> Option<usize> {
        let way = |number: usize| (self.nodes[number].parent, self.nodes[number].step);
        let at = self.order.partition_point(|&number| way(number) < (parent, step));
        self.order.get(at).copied().filter(|&number| way(number) == (parent, step))
    }

    /// The keys of the document by their names in lower case, and those in a table of taxonomies.
    fn foreign(&self) -> HashMap<String, usize> {
        let mut foreign = HashMap::new();
        let is_table = |parent: usize| {
            let parent = &self.nodes[parent];
            parent.parent.is_none() && matches!(parent.step, Step::Key(key) if foreign::is_taxonomies(key))
        };
        let outer = |node: &Node<'_>| node.parent.is_none();
        let inner = |node: &Node<'_>| node.parent.is_some_and(is_table);
        for is_one in [&outer as &dyn Fn(&Node<'_>) -> bool, &inner] {
            for (number, node) in self.nodes.iter().enumerate().filter(|(_, node)| is_one(node)) {
                if let Step::Key(key) = node.step {
                    foreign.entry(key.to_ascii_lowercase()).or_insert(number);
                }
            }
        }
        foreign
    }
}

/// An item without its quotes.
fn bare(item: &str) -> &str {
    item.trim_matches(['"', '\''])
}

impl<'a> Keys<'a> {
    /// The keys of `text`, which begins at the byte `start` of the file.
    pub(in crate::parse) fn new(format: Format, text: &'a str, start: usize) -> Self {
        let (found, foreign, items) = (OnceCell::new(), OnceCell::new(), OnceCell::new());
        Self { format, text, start, fence: 0, found, foreign, items }
    }

    /// The same keys, below a fence that does not begin the file.
    pub(in crate::parse) fn below(self, fence: usize) -> Self {
        Self { fence, ..self }
    }

    /// The fence that opens the front matter, or the start of the file if there is none.
    pub(in crate::parse) fn whole(&self) -> Range<usize> {
        self.fence..self.start.min(self.fence + 3)
    }

    /// Whether there is a key or list item at the end of a path.
    pub(in crate::parse) fn has(&self, path: &[Step<'_>]) -> bool {
        let mut found = None;
        path.iter().all(|&step| {
            found = self.child(found, step);
            found.is_some()
        })
    }

    /// The place of the key or list item at the end of a path, or of the nearest key above it that can be
    /// found.
    pub(in crate::parse) fn find(&self, path: &[Step<'_>]) -> Range<usize> {
        self.node(path).map_or_else(|| self.whole(), |node| node.name.clone())
    }

    /// The place of the text `written` in the lines of the key at the end of a path, or else of that key.
    pub(in crate::parse) fn find_value(&self, path: &[Step<'_>], written: &str) -> Range<usize> {
        let Some(node) = self.node(path) else { return self.whole() };
        let value = node.value.start - self.start..node.value.end - self.start;
        match self.text[value].find(written).filter(|_| !written.is_empty()) {
            Some(at) => node.value.start + at..node.value.start + at + written.len(),
            None => node.name.clone(),
        }
    }

    /// The place of a word in the value of the key at the end of a path: of an item that is this word, or of
    /// the first occurrence as a whole word, or else of that key. Slashes at the ends of an address do not
    /// matter.
    pub(in crate::parse) fn find_word(&self, path: &[Step<'_>], word: &str) -> Range<usize> {
        let Some(number) = self.number(path) else { return self.whole() };
        let nodes = &self.found().nodes;
        if let Some(&item) = self.items().get(&(number, word.trim_matches('/'))) {
            let written = bare(self.written(&nodes[item].name));
            let at =
                nodes[item].name.start + self.written(&nodes[item].name).find(written).unwrap_or_default();
            return at..at + written.len();
        }
        let node = &nodes[number];
        match find_word(self.written(&node.value), word) {
            Some(at) => node.value.start + at.start..node.value.start + at.end,
            None => node.name.clone(),
        }
    }

    /// The value of the key at the end of a path as it is written, without quotes and a comment behind it.
    pub(in crate::parse) fn value(&self, path: &[Step<'_>]) -> &'a str {
        let Some(node) = self.node(path) else { return "" };
        let is_item = matches!(node.step, Step::Item(_));
        let value = self.written(if is_item { &node.name } else { &node.value }).trim();
        bare(value.split(" #").next().filter(|value| !value.starts_with('#')).unwrap_or_default().trim())
    }

    /// The second and further uses of each top-level key, with the place of the first. Those of a `known` key differ
    /// in nothing if they differ in case.
    pub(super) fn repeated(&self, known: &[&str]) -> Vec<(&'a str, Range<usize>, Range<usize>)> {
        let mut first: HashMap<String, &Range<usize>> = HashMap::new();
        let mut again = Vec::new();
        for node in self.found().nodes.iter().filter(|node| node.parent.is_none()) {
            let Step::Key(name) = node.step else { continue };
            match first.entry(foreign::meant(name, known).unwrap_or(name).to_owned()) {
                Entry::Occupied(earlier) => {
                    again.push((name, node.name.clone(), (*earlier.get()).clone()));
                }
                Entry::Vacant(free) => _ = free.insert(&node.name),
            }
        }
        again
    }

    fn node(&self, path: &[Step<'_>]) -> Option<&Node<'a>> {
        self.number(path).map(|number| &self.found().nodes[number])
    }

    fn number(&self, path: &[Step<'_>]) -> Option<usize> {
        let mut found = None;
        for &step in path {
            match self.child(found, step) {
                Some(child) => found = Some(child),
                None if matches!(step, Step::Item(_)) => {}
                None => break,
            }
        }
        let is_alias = || matches!(path.first(), Some(Step::Key(key)) if are_same("aliases", key));
        found.or_else(|| self.old_address().filter(|_| is_alias()))
    }

    fn child(&self, parent: Option<usize>, step: Step<'_>) -> Option<usize> {
        let found = self.found();
        if let Some(exact) = found.get(parent, step) {
            return Some(exact);
        }
        let Step::Key(wanted) = step else { return None };
        let is_outer = parent.is_none();
        let first = |names: &[&str]| names.iter().filter_map(|name| found.get(parent, Step::Key(name))).min();
        let same = same_as(wanted, is_outer).find_map(first);
        same.or_else(|| self.foreign(wanted).filter(|_| is_outer))
    }

    /// The node of a key of the document as other generators have it.
    fn foreign(&self, wanted: &str) -> Option<usize> {
        let foreign = self.foreign.get_or_init(|| self.found().foreign());
        let node = |name: &str| foreign.get(&name.to_ascii_lowercase()).copied();
        node(wanted).or_else(|| same_as(wanted, true).flatten().find_map(|name| node(name)))
    }

    /// The node of the address of the page elsewhere, which is an alias here.
    fn old_address(&self) -> Option<usize> {
        let is_path =
            |&number: &usize| bare(self.written(&self.found().nodes[number].value).trim()).starts_with('/');
        foreign::ADDRESSES.iter().filter_map(|name| self.foreign(name)).find(is_path)
    }

    fn items(&self) -> &Items<'a> {
        self.items.get_or_init(|| {
            let mut items = Items::new();
            for (number, node) in self.found().nodes.iter().enumerate() {
                let word = bare(self.written(&node.name)).trim_matches('/');
                if let (Some(parent), Step::Item(_)) = (node.parent, node.step)
                    && !word.is_empty()
                {
                    items.entry((parent, word)).or_insert(number);
                }
            }
            items
        })
    }

    fn written(&self, range: &Range<usize>) -> &'a str {
        &self.text[range.start - self.start..range.end - self.start]
    }

    fn found(&self) -> &Found<'a> {
        self.found.get_or_init(|| {
            let nodes = match self.format {
                Format::Yaml => super::yaml_keys::nodes(self.text, self.start),
                Format::Toml => super::toml::nodes(self.text, self.start),
            };
            Found::new(nodes)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(format: Format, text: &str, path: &[Step<'_>], expected: &str) {
        let text = format!("---\n{text}");
        let keys = Keys::new(format, &text[4..], 4);
        let found = keys.find(path);
        let line = text[..found.start].matches('\n').count();
        assert_eq!(format!("{line} {}", &text[found]), expected, "{path:?} in {text}");
    }

    use Format::{Toml, Yaml};
    use Step::{Item, Key};

    #[test]
    fn keys_are_found_in_yaml() {
        let text = "title: A\n# tags: no\ntags:\n- one\n- two\n\
            source:\n  - outlet: X\n    url: \"a: b\"\n  - {outlet: Y, url: 'z', 'more': [1, {deep: 2}]}\n\
            text: |\n  slug: no\nfolded: one\n  slug: no\n\"quoted key\": 1\nlist: [a,\n  b: 1]\nslug: s\n";
        check(Yaml, text, &[Key("title")], "1 title");
        check(Yaml, text, &[Key("tags")], "3 tags");
        check(Yaml, text, &[Key("tags"), Item(1)], "5 two");
        check(Yaml, text, &[Key("keywords"), Item(0)], "4 one");
        check(Yaml, text, &[Key("source"), Item(0), Key("url")], "8 url");
        check(Yaml, text, &[Key("sources"), Item(1), Key("url")], "9 url");
        check(Yaml, text, &[Key("source"), Item(1), Key("more"), Item(1), Key("deep")], "9 deep");
        check(Yaml, text, &[Key("slug")], "17 slug");
        check(Yaml, text, &[Key("quoted key")], "14 quoted key");
        check(Yaml, text, &[Key("list"), Item(1)], "16 b: 1");
        check(Yaml, text, &[Key("nothing")], "0 ---");
    }

    #[test]
    fn a_single_value_is_a_list_of_one() {
        let text = "source:\n  outlet: X\n  url: y\n";
        check(Yaml, text, &[Key("source"), Item(0), Key("url")], "3 url");
        check(Yaml, "tags: a\n", &[Key("tags"), Item(0)], "1 tags");
        check(Toml, "[source]\nurl = 1\n", &[Key("source"), Item(0), Key("url")], "2 url");
    }

    #[test]
    fn keys_are_found_in_toml() {
        let text = "title = 'A'\ntags = ['a', 'b']\n[[source]]\noutlet = 'X'\n[[source]]\nurl = 'y'\n";
        check(Toml, text, &[Key("title")], "1 title");
        check(Toml, text, &[Key("tags"), Item(1)], "2 'b'");
        check(Toml, text, &[Key("source"), Item(1), Key("url")], "6 url");
    }

    #[test]
    fn values_are_found() {
        let text = "aliases:\n  - /a/\n  - /../b/\n";
        let keys = Keys::new(Yaml, text, 0);
        assert_eq!(&text[keys.find_value(&[Key("redirect_from"), Item(1)], "/../b/")], "/../b/");
        assert_eq!(&text[keys.find_value(&[Key("aliases"), Item(1)], "/c/")], "/../b/");
    }

    #[test]
    fn random_text_does_not_panic() {
        for text in [
            "",
            ":",
            "- - - a: b",
            "a: [",
            "{",
            "\"",
            "a: \"x",
            "? a\n: b",
            "-",
            "- ",
            "a:\n-",
            "[[[]]]",
            "a: {b: [}",
        ] {
            Keys::new(Yaml, text, 0).find(&[Key("a")]);
            Keys::new(Toml, text, 0).find(&[Key("a")]);
        }
    }
}
