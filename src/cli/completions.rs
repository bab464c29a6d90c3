//! `masthead completions`: the script with which a shell completes our commands.

use std::ffi::OsStr;

use clap::builder::{PossibleValue, StringValueParser, TypedValueParser};
use clap::{Arg, Command, CommandFactory, Error};
use clap_complete::Shell;

use super::args::Cli;

/// The built-in themes. clap wants names that live as long as the program.
const BUILT_IN: [&str; 4] = ["base", "broadsheet", "quiet", "wire"];

/// The name of a built-in theme. Shells and the help offer those that there are. Any name is taken, because the
/// command has better words than clap for one that is wrong.
#[derive(Clone)]
pub(super) struct BuiltInTheme;

impl TypedValueParser for BuiltInTheme {
    type Value = String;

    fn parse_ref(&self, command: &Command, arg: Option<&Arg>, value: &OsStr) -> Result<String, Error> {
        StringValueParser::new().parse_ref(command, arg, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(BUILT_IN.into_iter().map(PossibleValue::new)))
    }
}

/// The script for a shell.
pub(super) fn script(shell: Shell) -> Vec<u8> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "masthead", &mut script);
    script
}

#[cfg(test)]
mod tests {
    use clap::ValueEnum;

    use super::*;

    #[test]
    fn every_shell_has_a_script() {
        for shell in Shell::value_variants() {
            assert!(String::from_utf8(script(*shell)).unwrap().contains("masthead"), "{shell}");
        }
    }

    #[test]
    fn shells_offer_folders_and_themes_where_these_are_meant() {
        let zsh = String::from_utf8(script(Shell::Zsh)).unwrap();
        for offer in [
            r"'--root=[The folder of the site, which contains \`site.toml\`]:FOLDER:_files -/'",
            r"Its name becomes the title of the site:_files -/'",
            r"'::name -- The theme \[default\: the theme of the site\]:(base broadsheet quiet wire)'",
        ] {
            assert!(zsh.contains(offer), "{offer}");
        }
        assert_eq!(zsh.matches(":FOLDER:_files -/'").count(), zsh.matches(":FOLDER:").count());
    }

    #[test]
    fn every_built_in_theme_is_offered() {
        let embedded = crate::build::embedded_themes();
        let names: std::collections::BTreeSet<_> =
            embedded.iter().filter_map(|(path, _)| path.split('/').next()).collect();
        assert!(names.into_iter().eq(BUILT_IN));
    }

    #[test]
    fn the_name_of_a_theme_that_is_not_built_in_reaches_the_command() {
        use clap::Parser as _;
        Cli::try_parse_from(["masthead", "theme", "eject", "brodsheet"]).unwrap();
    }
}
