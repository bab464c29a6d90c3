//! The assets of a theme, from the strongest layer that has each, with names that follow from their content.

use std::collections::BTreeMap;

use super::layer::Layer;
use crate::base::diag::Diagnostic;
use crate::base::fingerprint::Fingerprint;
use crate::model::theme::Asset;
use crate::scan::stylesheet::{Sheets, is_sheet};

/// All assets by name. `is_published` tells whether the site has a file of its own at an address below `/assets/`.
pub(super) fn assets(
    layers: &[Layer],
    is_published: &dyn Fn(&str) -> bool,
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<String, Asset> {
    let mut files: BTreeMap<&str, &[u8]> = BTreeMap::new();
    for layer in layers.iter().rev() {
        let below =
            layer.files.iter().filter_map(|(path, bytes)| Some((path.strip_prefix("assets/")?, &bytes[..])));
        files.extend(below);
    }
    // Sheets come last: they name the others.
    let (sheets, others): (Vec<_>, Vec<_>) = files.into_iter().partition(|(name, _)| is_sheet(name));
    let mut all: BTreeMap<String, Asset> =
        others.into_iter().map(|(name, bytes)| (name.to_owned(), asset(name, bytes.to_vec()))).collect();
    let names = all.iter().map(|(name, asset)| (name.clone(), asset.hashed_name.clone())).collect();
    let bundler = Sheets { layers, names: &names, is_published };
    let bundled = sheets
        .into_iter()
        .map(|(name, _)| (name.to_owned(), asset(name, bundler.bundled(name, diagnostics))))
        .collect::<Vec<_>>();
    all.extend(bundled);
    all
}

fn asset(name: &str, bytes: Vec<u8>) -> Asset {
    Asset { hashed_name: hashed_name(name, &bytes), bytes }
}

fn hashed_name(name: &str, bytes: &[u8]) -> String {
    let print = Fingerprint::of_bytes(bytes).short();
    match name.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}.{print}.{extension}"),
        None => format!("{name}.{print}"),
    }
}
