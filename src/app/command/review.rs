//! `belie review`: new and changed findings one by one, in the terminal.

use std::io;
use std::path::PathBuf;

use ratatui::DefaultTerminal;
use ratatui::crossterm::event::{self, Event};

use crate::app::guard;
use crate::app::input::{self, Input};
use crate::app::pipeline::analyse;
use crate::app::project::{Project, shown};
use crate::app::{Console, Error, Exit, Options};
use crate::claim::Extractor;
use crate::finding::Finding;
use crate::report::safe;
use crate::review::{Review, Step, draw};
use crate::state::{self, Decision, Decisions};

use super::decide::{Ruling, no_list};

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
    let input = input::read(paths, options);
    guard::written("--accepted", project.accepted_file(), &input, options)?;
    let Input { documents, problems, settings, .. } = input;
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
    let (project, findings) = (&project, &analysis.findings);
    let mut file = File { project, findings, ruling, begun: text.clone(), is_new, written: text, added: Vec::new() };
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
    project: &'a Project,
    findings: &'a [Finding],
    ruling: &'a Ruling,
    /// Its text without the decisions of this review: every decision withdrawn gives it again.
    begun: String,
    /// Whether there was none before: every decision withdrawn, there is none again.
    is_new: bool,
    /// Its text as this review has left it, and the decisions of this review in it.
    written: String,
    added: Vec<Decision>,
}

impl File<'_> {
    /// Writes all decisions, unless they are there already. What others have written meanwhile stays.
    fn save(&mut self, review: &Review) -> Result<(), Error> {
        let added: Vec<Decision> = review
            .decisions()
            .filter_map(|(at, choice, reason)| {
                let ruling = Ruling { choice, reason: reason.to_owned(), ..self.ruling.clone() };
                Some(ruling.on(self.findings.get(at)?))
            })
            .collect();
        if added == self.added {
            return Ok(());
        }
        let (mut begun, mut is_new) = (self.begun.clone(), self.is_new);
        let mut written = String::new();
        self.project.change_decisions(|there| {
            let wrong = || no_list(self.project);
            if there != self.written {
                begun = Decisions::without(there, &self.added, &self.begun).ok_or_else(wrong)?;
                is_new = false;
            }
            written = Decisions::with(&begun, &added).ok_or_else(wrong)?;
            Ok((!is_new || written != begun).then(|| written.clone()))
        })?;
        (self.begun, self.is_new, self.written, self.added) = (begun, is_new, written, added);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

    use super::*;
    use crate::report::fixture;

    fn ruling() -> Ruling {
        Ruling {
            choice: state::Choice::Accepted,
            reason: String::new(),
            author: String::new(),
            date: None,
            until: None,
        }
    }

    fn press(review: &mut Review, file: &mut File<'_>, keys: &str) {
        for key in keys.chars() {
            let code = if key == '\n' { KeyCode::Enter } else { KeyCode::Char(key) };
            if review.press(KeyEvent::new(code, KeyModifiers::NONE)) == Step::Save {
                file.save(review).unwrap();
            }
        }
    }

    #[test]
    fn what_is_withdrawn_leaves_nothing_behind() {
        let analysis = fixture::analysis();
        let folder = tempfile::tempdir().unwrap();
        let (project, ruling) = (Project::in_folder(folder.path()), ruling());
        let path = project.accepted_file();
        let mut review = Review::new(&analysis);
        let new = |begun: &str, is_new| File {
            project: &project,
            findings: &analysis.findings,
            ruling: &ruling,
            begun: begun.to_owned(),
            is_new,
            written: begun.to_owned(),
            added: Vec::new(),
        };
        let mut file = new("", true);
        press(&mut review, &mut file, "gatwo calendars\n");
        assert!(std::fs::read_to_string(path).unwrap().contains("two calendars"));
        press(&mut review, &mut file, "gu");
        assert!(!path.exists());
        // What was there before is there again.
        std::fs::write(path, "# ours\n").unwrap();
        let mut file = new("# ours\n", false);
        let mut review = Review::new(&analysis);
        press(&mut review, &mut file, "gatwo calendars\n");
        press(&mut review, &mut file, "gu");
        assert_eq!(std::fs::read_to_string(path).unwrap(), "# ours\n");
    }

    #[test]
    fn what_others_write_meanwhile_stays() {
        let analysis = fixture::analysis();
        let folder = tempfile::tempdir().unwrap();
        let (project, ruling) = (Project::in_folder(folder.path()), ruling());
        let path = project.accepted_file();
        let findings = &analysis.findings;
        let mut review = Review::new(&analysis);
        let (begun, written) = Default::default();
        let mut file =
            File { project: &project, findings, ruling: &ruling, begun, is_new: true, written, added: Vec::new() };
        press(&mut review, &mut file, "gatwo calendars\n");
        let theirs = Decision { fingerprint: "ee00".to_owned(), ..ruling.on(&findings[0]) };
        let theirs = Decision { reason: "theirs".to_owned(), ..theirs };
        project.change_decisions(|text| Ok(Decisions::with(text, &[theirs]))).unwrap();
        press(&mut review, &mut file, "Gdno harbour\n");
        let text = std::fs::read_to_string(path).unwrap();
        assert!(["two calendars", "theirs", "no harbour"].iter().all(|reason| text.contains(reason)), "{text}");
        press(&mut review, &mut file, "uu");
        let text = std::fs::read_to_string(path).unwrap();
        let kept: Vec<String> = Decisions::parse(&text, "x").unwrap().all.into_iter().map(|d| d.reason).collect();
        assert_eq!(kept, ["theirs"]);
    }
}
