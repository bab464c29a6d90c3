//! Style sheets of a theme: imported ones are joined to one file, comments are removed, and the fonts and pictures
//! that they name get their published names.
//!
//! An `@import` of another asset is replaced by that asset. So themes can share rules, and browsers load one file.
//! A sheet that imports its own name means the one that it takes the place of. It is no minifier: no rule is
//! rewritten, and what it does not understand is left alone.

mod compact;
mod names;
mod pieces;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use super::theme::Layer;
use crate::base::diag::{Diagnostic, Place, Rule, closest};
use compact::compact;
use names::{resolved, suffix, way};
use pieces::{Import, Piece};

/// The style sheets of a theme, and what they may name.
pub(super) struct Sheets<'a> {
    pub(super) layers: &'a [Layer],
    /// The published name of each asset that is no style sheet.
    pub(super) names: &'a BTreeMap<String, String>,
    /// Whether the site has a file of its own at an address below `/assets/`.
    pub(super) is_published: &'a dyn Fn(&str) -> bool,
}

/// A style sheet of a layer.
#[derive(Clone, Copy, PartialEq)]
struct Sheet<'a> {
    layer: usize,
    /// Its name below `assets/`.
    name: &'a str,
    text: &'a str,
}

/// A sheet that is made of others.
struct Bundle<'a> {
    /// The name under which it is published.
    name: &'a str,
    /// Imports from other hosts, which must stand before all rules.
    imports: String,
    text: String,
    found: &'a mut Vec<Diagnostic>,
}

/// Whether an asset is a style sheet.
pub(super) fn is_sheet(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|ending| ending == "css")
}

impl Sheets<'_> {
    /// The sheet `name` with its imports inlined, compact.
    pub(super) fn bundled(&self, name: &str, found: &mut Vec<Diagnostic>) -> Vec<u8> {
        let path = format!("assets/{name}");
        let Some(layer) = self.layers.iter().position(|layer| layer.files.contains_key(&path)) else {
            return Vec::new();
        };
        let Some(text) = self.layers[layer].text(&path, found) else {
            return self.layers[layer].files[&path].clone();
        };
        let (imports, text_of_all) = (String::new(), String::with_capacity(text.len()));
        let mut bundle = Bundle { name, imports, text: text_of_all, found };
        self.join(Sheet { layer, name, text }, &mut Vec::new(), &mut bundle);
        compact(&(bundle.imports + &bundle.text)).into_bytes()
    }

    /// Adds a sheet and all that it imports. `within` are the sheets that import it.
    fn join(&self, sheet: Sheet<'_>, within: &mut Vec<(usize, String)>, bundle: &mut Bundle<'_>) {
        within.push((sheet.layer, sheet.name.to_owned()));
        let mut at = 0;
        // Where the braces are that are open.
        let mut open: Vec<usize> = Vec::new();
        while let Some(piece) = Piece::read(sheet.text, at, open.len() as u32) {
            let written = &sheet.text[at..at + piece.length()];
            let is_done = match &piece {
                Piece::Import(import) => self.take_in(sheet, at, import, within, bundle),
                Piece::Url { address, .. } => self.rename(sheet, at, address, bundle),
                Piece::Other(_) => false,
            };
            if !is_done {
                bundle.text.push_str(written);
            }
            match written {
                "{" => open.push(at),
                "}" if open.pop().is_none() => {
                    self.tell(sheet, at..at + 1, said("`}` closes nothing", "remove it"), bundle);
                }
                _ => {}
            }
            if let Some((end, fault)) = endless(written) {
                self.tell(sheet, at..at + 1, fault, bundle);
                bundle.text.push_str(end);
            }
            at += written.len();
        }
        if let Some(&last) = open.last() {
            self.tell(
                sheet,
                last..last + 1,
                said("`{` is not closed", "write `}` where the rule ends"),
                bundle,
            );
        }
        // As browsers close what is open at the end of a file; what follows is another one.
        open.iter().for_each(|_| bundle.text.push('}'));
        within.pop();
    }

    /// Puts an imported sheet in the place of the import. Returns whether the import itself is to go.
    fn take_in(
        &self,
        sheet: Sheet<'_>,
        at: usize,
        import: &Import<'_>,
        within: &mut Vec<(usize, String)>,
        bundle: &mut Bundle<'_>,
    ) -> bool {
        let Some(name) = resolved(sheet.name, import.address) else {
            bundle.imports.push_str(&sheet.text[at..at + import.length]);
            return true;
        };
        let path = format!("assets/{name}");
        // A sheet that imports its own name means the one that it takes the place of.
        let weakest = if name == sheet.name { sheet.layer + 1 } else { 0 };
        let layers = self.layers.iter().enumerate().skip(weakest);
        let mut texts =
            layers.filter_map(|(number, layer)| Some((number, layer.text(&path, &mut Vec::new())?)));
        let Some((layer, text)) = texts.next() else {
            self.miss(sheet, at, import.length, &name, bundle);
            return false;
        };
        if let Some(refusal) = refusal(&name, import, within.contains(&(layer, name.clone()))) {
            self.tell(sheet, at..at + import.length, refusal, bundle);
            return false;
        }
        if !import.media.is_empty() {
            bundle.text.extend(["@media ", import.media, " {"]);
        }
        self.join(Sheet { layer, name: &name, text }, within, bundle);
        if !import.media.is_empty() {
            bundle.text.push('}');
        }
        true
    }

    /// Writes the published name of an asset in the place of a `url()`. Returns whether there is one.
    fn rename(&self, sheet: Sheet<'_>, at: usize, address: &str, bundle: &mut Bundle<'_>) -> bool {
        let Some(name) = resolved(sheet.name, address) else { return false };
        let Some(published) = self.names.get(&name) else {
            if !is_sheet(&name) {
                self.miss(sheet, at, "url(".len(), &name, bundle);
            }
            return false;
        };
        let way = way(bundle.name, published);
        bundle.text.extend(["url(\"", &way, suffix(address), "\")"]);
        true
    }

    /// Tells of a name that no layer has, unless the site has a file of its own there.
    fn miss(&self, sheet: Sheet<'_>, at: usize, length: usize, name: &str, bundle: &mut Bundle<'_>) {
        if (self.is_published)(name) {
            return;
        }
        let all = self.layers.iter().flat_map(|layer| layer.below("assets/"));
        let hint = match closest(name, all.filter(|known| *known != sheet.name)) {
            Some(like) => format!("did you mean `{like}`?"),
            None => format!("put it into `assets/{name}`"),
        };
        let message = format!("there is no `{name}` among the assets");
        self.tell(sheet, at..at + length, (message, hint), bundle);
    }

    fn tell(
        &self,
        sheet: Sheet<'_>,
        at: Range<usize>,
        (message, hint): (String, String),
        bundle: &mut Bundle<'_>,
    ) {
        let file = self.layers[sheet.layer].path(&format!("assets/{}", sheet.name));
        let fault = Diagnostic::new(Rule::Theme, message).in_file(file);
        let place = Place::of(sheet.text, at.start, at.end);
        bundle.found.push(fault.at(place).hint(hint));
    }
}

fn said(message: &str, hint: &str) -> (String, String) {
    (message.to_owned(), hint.to_owned())
}

/// A comment or a text in quotes that goes to the end of the sheet: what ends it, and what is wrong.
fn endless(piece: &str) -> Option<(&'static str, (String, String))> {
    if piece.starts_with("/*") && !(piece.len() >= 4 && piece.ends_with("*/")) {
        return Some(("*/", said("the comment is not closed", "write `*/` where it ends")));
    }
    let quote = ["\"", "'"].into_iter().find(|quote| piece.starts_with(quote))?;
    let inside = piece[1..].strip_suffix(quote);
    // An escaped quote ends nothing.
    let is_open = inside.is_none_or(|inside| (inside.len() - inside.trim_end_matches('\\').len()) % 2 == 1);
    is_open.then(|| (quote, said("the text in quotes is not closed", "write the same quote where it ends")))
}

/// Why a sheet cannot be taken in, and what to do about it.
fn refusal(name: &str, import: &Import<'_>, is_circle: bool) -> Option<(String, String)> {
    if is_circle {
        let message = format!("the style sheet `{name}` imports itself, directly or through others");
        return Some((message, "remove the line".to_owned()));
    }
    let message = format!("`{name}` cannot be taken in under `layer` or `supports`");
    let hint = format!("write `@layer … {{ }}` or `@supports … {{ }}` around the rules in `{name}`");
    import.is_conditional().then_some((message, hint))
}
