//! `belie review`: new and changed findings one by one, in the terminal.

use std::io;
use std::path::{Path, PathBuf};

use ratatui::DefaultTerminal;
use ratatui::crossterm::event::{self, Event};

use crate::app::input::{self, Input};
use crate::app::pipeline::analyse;
use crate::app::project::{Project, shown};
use crate::app::{Console, Error, Exit, Options};
use crate::claim::Extractor;
use crate::finding::Finding;
use crate::report::safe;
use crate::review::{Review, Step, draw};
use crate::state::{self, Decision, Decisions};

use super::decide::Ruling;

/// Reads, analyses, and lets the reader decide. `ruling` says who decides, when, and for how long; `terminal` whether
/// there is one to draw on and to read keys from.
///
/// # Errors
/// When there is no terminal, or a file of state cannot be read or written. What was decided before is written already.
pub fn run(
    paths: &[PathBuf],
    ruling: &Ruling,
    terminal: bool,
    options: &Options,
    console: &mut Console<'_>,
) -> Result<Exit, Error> {
    if !terminal {
        let help = "belie accept and belie dismiss decide on one finding without one";
        return Err(Error::usage_with("belie review draws to a terminal, and there is none", help));
    }
    let project = Project::of(paths, options);
    let held = project.held()?;
    let (text, _) = project.decisions()?;
    let is_new = !project.accepted_file().exists();
    let Input { documents, problems, settings } = input::read(paths, options);
    let mut analysis = analyse(documents, problems, &Extractor::new(&options.rules), &settings);
    held.settle(&mut analysis, paths, options);
    input::say(&analysis.problems, options, console);
    let exit = input::exit(&analysis.problems, options);
    let mut review = Review::new(&analysis);
    if review.is_empty() {
        console.print("nothing to review: no finding is new or changed\n")?;
        console.flush()?;
        return Ok(exit);
    }
    let path = project.accepted_file();
    let mut file = File { path, findings: &analysis.findings, ruling, begun: text.clone(), is_new, written: text };
    // It brings the terminal back when something panics as well.
    let mut screen = ratatui::try_init()?;
    let ended = drive(&mut screen, &mut review, &mut file, options.style.color);
    ratatui::restore();
    ended?;
    // What could not be written while the screen was up fails the run now.
    file.save(&review)?;
    let count = |choice| review.decisions().filter(|(_, c, _)| *c == choice).count();
    let (accepted, dismissed) = (count(state::Choice::Accepted), count(state::Choice::Dismissed));
    console.print(&format!("{accepted} accepted, {dismissed} dismissed, {} left\n", review.left()))?;
    if accepted + dismissed > 0 {
        console.print(&format!("wrote {}\n", safe(&shown(project.accepted_file()))))?;
    }
    console.flush()?;
    Ok(exit)
}

/// Draws, and takes keys until the reader leaves.
fn drive(screen: &mut DefaultTerminal, review: &mut Review, file: &mut File<'_>, color: bool) -> io::Result<()> {
    loop {
        screen.draw(|frame| draw(frame, review, color))?;
        // A change of size wants a new picture and nothing else.
        let Event::Key(key) = event::read()? else { continue };
        match review.press(key) {
            Step::Stay => {}
            Step::Quit => return Ok(()),
            Step::Save => {
                if let Err(error) = file.save(review) {
                    review.say(&error.render(false).replace('\n', "; "));
                }
            }
        }
    }
}

/// The file of decisions while it is being added to.
struct File<'a> {
    path: &'a Path,
    findings: &'a [Finding],
    ruling: &'a Ruling,
    /// Its text when the review began: every decision taken back gives it again.
    begun: String,
    /// Whether there was none then: every decision taken back, there is none again.
    is_new: bool,
    /// Its text as it should be on the disk.
    written: String,
}

impl File<'_> {
    /// Writes all decisions, unless they are there already.
    fn save(&mut self, review: &Review) -> Result<(), Error> {
        let added: Vec<Decision> = review
            .decisions()
            .filter_map(|(at, choice, reason)| {
                let ruling = Ruling { choice, reason: reason.to_owned(), ..self.ruling.clone() };
                Some(ruling.on(self.findings.get(at)?))
            })
            .collect();
        let path = self.path;
        let wrong = || Error::usage(format!("{}: `decision` is no list of tables", safe(&shown(path))));
        let text = Decisions::with(&self.begun, &added).ok_or_else(wrong)?;
        if text == self.written {
            return Ok(());
        }
        let there = state::read(path, &shown(path)).map_err(|fault| Error::Faults(vec![fault]))?.unwrap_or_default();
        if there != self.written {
            let help = "nothing was written over it: keep its new text and review again";
            return Err(Error::usage_with(format!("{} has been changed meanwhile", safe(&shown(path))), help));
        }
        let done = if self.is_new && text == self.begun { state::remove(path) } else { state::write(path, &text) };
        done.map_err(|source| Error::Write { path: path.to_owned(), source })?;
        self.written = text;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

    use super::*;
    use crate::report::fixture;

    #[test]
    fn what_is_taken_back_leaves_nothing_behind() {
        let analysis = fixture::analysis();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("belie.accepted.toml");
        let (choice, author) = (state::Choice::Accepted, String::new());
        let ruling = Ruling { choice, reason: String::new(), author, date: None, until: None };
        let mut review = Review::new(&analysis);
        let mut press = |file: &mut File<'_>, keys: &str| {
            for key in keys.chars() {
                let code = if key == '\n' { KeyCode::Enter } else { KeyCode::Char(key) };
                if review.press(KeyEvent::new(code, KeyModifiers::NONE)) == Step::Save {
                    file.save(&review).unwrap();
                }
            }
        };
        let new = |begun: &str, is_new| File {
            path: &path,
            findings: &analysis.findings,
            ruling: &ruling,
            begun: begun.to_owned(),
            is_new,
            written: begun.to_owned(),
        };
        let mut file = new("", true);
        press(&mut file, "gatwo calendars\n");
        assert!(std::fs::read_to_string(&path).unwrap().contains("two calendars"));
        press(&mut file, "gu");
        assert!(!path.exists());
        // What was there before is there again.
        std::fs::write(&path, "# ours\n").unwrap();
        let mut file = new("# ours\n", false);
        press(&mut file, "gatwo calendars\n");
        press(&mut file, "gu");
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "# ours\n");
    }
}
