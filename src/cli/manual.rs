//! Completions and manual pages: both are made of the arguments as they are, so they cannot fall behind.

use std::fs;
use std::path::Path;

use clap::CommandFactory as _;
use clap_complete::Shell;
use clap_mangen::Man;

use crate::app::{Console, Error, Exit};
use crate::file;

use super::args::Args;

/// Prints the completions of a shell.
///
/// # Errors
/// When standard output cannot be written.
pub(super) fn completions(shell: Shell, console: &mut Console<'_>) -> Result<Exit, Error> {
    let mut out = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "belie", &mut out);
    print(&out, console)
}

/// Prints the manual page of belie, or writes it and those of all commands into a folder.
///
/// # Errors
/// When the folder cannot be made, or a page not be written.
pub(super) fn pages(folder: Option<&Path>, console: &mut Console<'_>) -> Result<Exit, Error> {
    let Some(folder) = folder else {
        let mut out = Vec::new();
        Man::new(Args::command()).render(&mut out)?;
        return print(listed(&out).as_bytes(), console);
    };
    let unwritten = |path: &Path| {
        let path = path.to_owned();
        move |source| Error::Write { path, source }
    };
    fs::create_dir_all(folder).map_err(unwritten(folder))?;
    let mut whole = Args::command();
    whole.build();
    for (name, command) in commands(&whole, "belie") {
        let mut out = Vec::new();
        Man::new(command.name(name.clone())).render(&mut out)?;
        let path = folder.join(format!("{name}.1"));
        file::write(&path, listed(&out)).map_err(unwritten(&path))?;
    }
    Ok(Exit::Clean)
}

/// A page with the items of its lists on lines of their own: formatters of manual pages join lines otherwise.
fn listed(page: &[u8]) -> String {
    let mut out = String::with_capacity(page.len());
    for line in String::from_utf8_lossy(page).lines() {
        if line.starts_with("\\- ") {
            out.push_str(".br\n");
        }
        out.push_str(line);
        out.push('\n');
    }
    out
}

/// A command and all below it, each with the name of its page. `help` has none: it says what the pages say.
fn commands(command: &clap::Command, name: &str) -> Vec<(String, clap::Command)> {
    let mut out = vec![(name.to_owned(), command.clone())];
    for below in command.get_subcommands().filter(|c| c.get_name() != "help" && !c.is_hide_set()) {
        out.extend(commands(below, &format!("{name}-{}", below.get_name())));
    }
    out
}

fn print(bytes: &[u8], console: &mut Console<'_>) -> Result<Exit, Error> {
    console.print(&String::from_utf8_lossy(bytes))?;
    console.flush()?;
    Ok(Exit::Clean)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every command below `belie`, its own name last, with the long options that it shows.
    fn all() -> Vec<(String, Vec<String>)> {
        let mut whole = Args::command();
        whole.build();
        let options = |c: &clap::Command| {
            let shown = c.get_arguments().filter(|a| !a.is_hide_set());
            shown.filter_map(|a| a.get_long()).map(str::to_owned).collect()
        };
        commands(&whole, "belie").iter().map(|(name, c)| (name.clone(), options(c))).collect()
    }

    #[test]
    fn completions_hold_every_command_and_option() {
        for shell in [Shell::Bash, Shell::Zsh, Shell::Fish, Shell::PowerShell, Shell::Elvish] {
            let (mut out, mut err) = (Vec::new(), Vec::new());
            completions(shell, &mut Console::new(&mut out, &mut err)).unwrap();
            let text = String::from_utf8(out).unwrap();
            for (name, options) in all() {
                let last = name.rsplit('-').next().unwrap();
                assert!(text.contains(last), "{shell} does not complete `{name}`");
                for option in options {
                    // Fish names options by `-l NAME`.
                    let found = [format!("--{option}"), format!("-l {option}")].iter().any(|o| text.contains(o));
                    assert!(found, "{shell} does not complete `--{option}` of `{name}`");
                }
            }
        }
    }

    #[test]
    fn every_command_has_a_page_with_its_options() {
        let folder = std::env::temp_dir().join(format!("belie-man-{}", std::process::id()));
        let (mut out, mut err) = (Vec::new(), Vec::new());
        pages(Some(&folder), &mut Console::new(&mut out, &mut err)).unwrap();
        assert!(out.is_empty() && err.is_empty());
        for (name, options) in all() {
            let page = fs::read_to_string(folder.join(format!("{name}.1"))).unwrap().replace("\\-", "-");
            for option in options {
                assert!(page.contains(&format!("--{option}")), "`--{option}` is not in {name}.1");
            }
        }
        let check = fs::read_to_string(folder.join("belie-check.1")).unwrap();
        assert!(check.contains("\n.br\n\\- sarif: "), "the formats stand on one line each");
        let pages = fs::read_dir(&folder).unwrap().count();
        assert_eq!(pages, all().len());
        fs::remove_dir_all(folder).unwrap();
    }
}
