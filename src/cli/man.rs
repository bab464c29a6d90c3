//! `masthead man`: manual pages, made from the same texts as `--help`.

use std::path::Path;

use clap::CommandFactory;
use clap_mangen::Man;

use super::args::Cli;
use crate::base::error::{Error, Result};
use crate::base::fs;

/// The page of the program itself.
pub(super) fn page() -> Result<Vec<u8>> {
    render(Cli::command()).map(|(_, page)| page)
}

/// Writes the pages of the program and of all its commands to a folder. Returns a message with their number.
pub(super) fn write_all(dir: &Path) -> Result<String> {
    let mut command = Cli::command().disable_help_subcommand(true);
    // Gives each command its full name, which is also that of its page.
    command.build();
    let mut pages = Vec::new();
    collect(command, &mut pages)?;
    fs::create_dir_all(dir)?;
    for (name, page) in &pages {
        fs::write(&dir.join(name), page)?;
    }
    Ok(format!("Wrote {} pages to `{}`", pages.len(), dir.display()))
}

fn collect(command: clap::Command, pages: &mut Vec<(String, Vec<u8>)>) -> Result<()> {
    for below in command.get_subcommands() {
        collect(below.clone(), pages)?;
    }
    pages.push(render(command)?);
    Ok(())
}

fn render(command: clap::Command) -> Result<(String, Vec<u8>)> {
    let man = Man::new(command);
    let mut page = Vec::new();
    man.render(&mut page).map_err(|cause| Error::refused(format!("cannot make the manual page: {cause}")))?;
    Ok((man.get_filename(), page))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_has_a_page() {
        let dir = tempfile::tempdir().unwrap();
        assert!(write_all(dir.path()).unwrap().starts_with("Wrote 16 pages"));
        for name in ["masthead.1", "masthead-build.1", "masthead-theme-eject.1"] {
            assert!(fs::read(&dir.path().join(name)).unwrap().starts_with(b".ie"), "{name}");
        }
        assert!(String::from_utf8(page().unwrap()).unwrap().contains("masthead init mysite"));
    }
}
