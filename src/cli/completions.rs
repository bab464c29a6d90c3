//! `masthead completions`: the script with which a shell completes our commands.

use clap::CommandFactory;
use clap_complete::Shell;

use super::args::Cli;

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
}
