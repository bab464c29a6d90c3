//! What a build needs before it looks at any article: configuration, theme, data.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use crate::base::diag::{Diagnostic, Rule};
use crate::base::error::{Error, Result};
use crate::base::fingerprint::Fingerprint;
use crate::base::fs;
use crate::config::{self, SiteConfig};
use crate::model::input::Inputs;
use crate::model::theme::Theme;
use crate::{parse, scan};

use super::{Report, Request};

/// A site's configuration and theme.
pub(super) struct Site {
    pub(super) config: SiteConfig,
    pub(super) theme: Theme,
    /// The fingerprint of the configuration, the theme and the version of Masthead.
    pub(super) print: Fingerprint,
}

/// Reads configuration and theme. Returns `None` if the configuration is too broken to go on.
pub(super) fn load(request: &Request, report: &mut Report) -> Result<Option<Site>> {
    let Some(text) = site_toml(&request.root)? else {
        report
            .diagnostics
            .push(Diagnostic::new(Rule::NotUtf8, "the file is not UTF-8").in_file(config::FILE));
        return Ok(None);
    };
    let Some(mut config) = config::site(&text, config::FILE).take(&mut report.diagnostics) else {
        return Ok(None);
    };
    if let Some(base_url) = &request.base_url {
        let refused = |fault: config::Fault| {
            let hint = fault.hint.unwrap_or_else(|| "write it like `https://example.org/news/`".to_owned());
            Error::refused(format!("`--base-url` {}", fault.message)).hint(hint)
        };
        (config.origin, config.base_path) = config::base_url(base_url).map_err(refused)?;
    }
    report.levels.clone_from(&config.lint);
    report.out = match &request.out {
        Some(out) => out.display().to_string(),
        None => config.folders.output.clone(),
    };
    let theme = scan::theme(&request.root, &config, &text)?.take(&mut report.diagnostics);
    let version = env!("CARGO_PKG_VERSION");
    let print = Fingerprint::of(&(version, &text, &request.base_url, theme.print));
    Ok(Some(Site { config, theme, print }))
}

/// The text of a site's configuration, unless it is not UTF-8.
pub fn site_toml(root: &Path) -> Result<Option<String>> {
    let Some(bytes) = fs::read_if_exists(&root.join(config::FILE))? else {
        let hint = "name the site's folder with `--root`, or make a site with `masthead init`";
        let message = format!("there is no `{}` in `{}`", config::FILE, root.display());
        return Err(Error::refused(message).hint(hint));
    };
    Ok(String::from_utf8(bytes).ok())
}

/// Reads the files under the data folder. Each is known by its path there without the extension.
pub(super) fn data(
    request: &Request,
    inputs: &Inputs,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<BTreeMap<String, Value>> {
    let (mut data, mut files) = (BTreeMap::new(), BTreeMap::new());
    for (name, file) in &inputs.data {
        let bytes = fs::read(&request.root.join(file.path.as_str()))?;
        let key = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
        if let Some(other) = files.insert(key, &file.path) {
            let message = format!(
                "`{other}` has the same name but for its extension, so templates see only one of them"
            );
            diagnostics.push(Diagnostic::new(Rule::BadData, message).in_file(file.path.as_str()));
        }
        match parse::data(&file.path, &bytes) {
            Ok(value) => drop(data.insert(key.to_owned(), value)),
            Err(diagnostic) => diagnostics.push(*diagnostic),
        }
    }
    Ok(data)
}
