//! The machine: keys in, steps out.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use crate::state::Choice;

use super::{Mode, Review};

/// What a key has led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Nothing that anyone else needs to know of.
    Stay,
    /// The decisions are others than before: they should be written.
    Save,
    /// The reader is done.
    Quit,
}

impl Review {
    /// Takes a key.
    pub fn press(&mut self, key: KeyEvent) -> Step {
        if key.kind == KeyEventKind::Release {
            return Step::Stay;
        }
        self.said = None;
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        match &mut self.mode {
            // Decisions are written as they are made, so nothing is lost; a reason that is being typed is kept.
            _ if control && key.code == KeyCode::Char('c') => Step::Quit,
            Mode::Help => {
                self.mode = Mode::Browse;
                Step::Stay
            }
            Mode::Reason { .. } => self.write(key.code, control),
            Mode::Browse if control => Step::Stay,
            Mode::Browse => self.browse(key.code),
        }
    }

    fn browse(&mut self, key: KeyCode) -> Step {
        match key {
            KeyCode::Char('a') => self.ask(Choice::Accepted),
            KeyCode::Char('d') => self.ask(Choice::Dismissed),
            KeyCode::Char('u') => return self.take_back(),
            KeyCode::Char('n' | 's' | 'l' | ' ') | KeyCode::Right | KeyCode::Tab => self.go(self.at + 1),
            KeyCode::Char('p' | 'h') | KeyCode::Left | KeyCode::BackTab => self.go(self.at.saturating_sub(1)),
            KeyCode::Char('g') | KeyCode::Home => self.go(0),
            KeyCode::Char('G') | KeyCode::End => self.go(self.items.len()),
            KeyCode::Char('j') | KeyCode::Down => self.scroll = self.scroll.saturating_add(1),
            KeyCode::Char('k') | KeyCode::Up => self.scroll = self.scroll.saturating_sub(1),
            KeyCode::PageDown => self.scroll = self.scroll.saturating_add(10),
            KeyCode::PageUp => self.scroll = self.scroll.saturating_sub(10),
            KeyCode::Char('?') | KeyCode::F(1) => self.mode = Mode::Help,
            KeyCode::Char('q') | KeyCode::Esc => return Step::Quit,
            _ => self.say("? lists the keys"),
        }
        Step::Stay
    }

    fn go(&mut self, to: usize) {
        let last = self.items.len().saturating_sub(1);
        if to > last {
            self.say(if self.left() == 0 { "everything is decided; q quits" } else { "this is the last one; q quits" });
        }
        self.at = to.min(last);
        self.scroll = 0;
    }

    /// Opens the line for a reason, with what was typed before.
    fn ask(&mut self, choice: Choice) {
        if self.items.is_empty() {
            return;
        }
        let before = self.decided.get(&self.at).map(|(_, reason)| reason.clone());
        let text = self.drafts.get(&self.at).cloned().or(before).unwrap_or_default();
        self.mode = Mode::Reason { choice, cursor: text.chars().count(), text };
    }

    fn write(&mut self, key: KeyCode, control: bool) -> Step {
        let Mode::Reason { choice, text, cursor } = &mut self.mode else { return Step::Stay };
        let byte = |text: &str, at: usize| text.char_indices().nth(at).map_or(text.len(), |(byte, _)| byte);
        match key {
            KeyCode::Enter if text.trim().is_empty() => self.say("a decision needs a reason; Esc goes back"),
            KeyCode::Enter => {
                let decision = (*choice, text.trim().to_owned());
                self.mode = Mode::Browse;
                return self.decide(decision);
            }
            KeyCode::Esc => {
                self.drafts.insert(self.at, text.clone());
                self.mode = Mode::Browse;
            }
            KeyCode::Char('u') if control => {
                text.clear();
                *cursor = 0;
            }
            KeyCode::Char('a') if control => *cursor = 0,
            KeyCode::Char('e') if control => *cursor = text.chars().count(),
            KeyCode::Home => *cursor = 0,
            KeyCode::End => *cursor = text.chars().count(),
            KeyCode::Left => *cursor = cursor.saturating_sub(1),
            KeyCode::Right => *cursor = (*cursor + 1).min(text.chars().count()),
            KeyCode::Backspace if *cursor > 0 => {
                *cursor -= 1;
                let at = byte(text, *cursor);
                text.remove(at);
            }
            KeyCode::Delete if *cursor < text.chars().count() => {
                let at = byte(text, *cursor);
                text.remove(at);
            }
            // The reason given last: incidents of one kind follow one another.
            KeyCode::Up if !self.last.is_empty() => {
                text.clone_from(&self.last);
                *cursor = text.chars().count();
            }
            KeyCode::Char(c) if !control && !c.is_control() => {
                text.insert(byte(text, *cursor), c);
                *cursor += 1;
            }
            _ => {}
        }
        Step::Stay
    }

    fn decide(&mut self, decision: (Choice, String)) -> Step {
        let word = decision.0.name();
        self.last.clone_from(&decision.1);
        let before = self.decided.insert(self.at, decision);
        self.undo.push((self.at, before));
        self.drafts.remove(&self.at);
        // On to the next that is open, from here and then from the start.
        let open = |at: &usize| !self.decided.contains_key(at);
        let next = (self.at + 1..self.items.len()).chain(0..self.at).find(open);
        if let Some(next) = next {
            self.at = next;
            self.scroll = 0;
        }
        let left = self.left();
        self.say(&match left {
            0 => format!("{word}; everything is decided: q quits, u undoes"),
            _ => format!("{word}; {left} left; u undoes"),
        });
        Step::Save
    }

    fn take_back(&mut self) -> Step {
        let Some((at, before)) = self.undo.pop() else {
            self.say("nothing to undo");
            return Step::Stay;
        };
        // Its reason is not that of the next decision; ↑ brings it.
        self.decided.remove(&at);
        if let Some(before) = before {
            self.decided.insert(at, before);
        }
        self.at = at;
        self.scroll = 0;
        self.say("undone");
        Step::Save
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture;

    fn key(code: KeyCode) -> KeyEvent {
        KeyEvent::new(code, KeyModifiers::NONE)
    }

    /// Presses the keys of a text, and says what the last one led to. `\n` is Enter, `\u{1b}` Escape, `\u{8}` Backspace.
    fn press(review: &mut Review, keys: &str) -> Step {
        let code = |c| match c {
            '\n' => KeyCode::Enter,
            '\u{1b}' => KeyCode::Esc,
            '\u{8}' => KeyCode::Backspace,
            c => KeyCode::Char(c),
        };
        keys.chars().map(|c| review.press(key(code(c)))).last().unwrap_or(Step::Stay)
    }

    fn decisions(review: &Review) -> Vec<(usize, &'static str, String)> {
        review.decisions().map(|(at, choice, reason)| (at, choice.name(), reason.to_owned())).collect()
    }

    #[test]
    fn decide_and_take_back() {
        let mut review = Review::new(&fixture::analysis());
        assert_eq!((review.items.len(), review.left()), (2, 2));
        assert_eq!(press(&mut review, "atwo calendarz\u{8}s\n"), Step::Save);
        assert_eq!(decisions(&review), [(0, "accepted", "two calendars".to_owned())]);
        assert_eq!((review.at, review.left()), (1, 1));
        assert_eq!(press(&mut review, "d\n"), Step::Stay, "a decision without a reason");
        assert_eq!(press(&mut review, "not cars\n"), Step::Save);
        assert_eq!(decisions(&review)[1], (1, "dismissed", "not cars".to_owned()));
        assert_eq!(press(&mut review, "u"), Step::Save);
        assert_eq!(press(&mut review, "u"), Step::Save);
        assert_eq!((decisions(&review), review.at), (vec![], 0));
        assert_eq!(press(&mut review, "u"), Step::Stay);
        // Its reason is not taken for that of another decision, but is at hand.
        assert_eq!(press(&mut review, "d\n"), Step::Stay, "no reason");
        review.press(key(KeyCode::Up));
        assert_eq!(press(&mut review, "\n"), Step::Save);
        assert_eq!(decisions(&review), [(0, "dismissed", "not cars".to_owned())]);
    }

    #[test]
    fn a_second_decision_is_taken_back_to_the_first() {
        let mut review = Review::new(&fixture::analysis());
        press(&mut review, "aone\npd");
        review.press(KeyEvent::new(KeyCode::Char('u'), KeyModifiers::CONTROL));
        press(&mut review, "two\n");
        assert_eq!(decisions(&review), [(0, "dismissed", "two".to_owned())]);
        press(&mut review, "u");
        assert_eq!(decisions(&review), [(0, "accepted", "one".to_owned())]);
    }

    #[test]
    fn nothing_is_lost() {
        let mut review = Review::new(&fixture::analysis());
        assert_eq!(press(&mut review, "ahalf a rea\u{1b}"), Step::Stay);
        assert_eq!(press(&mut review, "np"), Step::Stay);
        assert_eq!(press(&mut review, "ason\n"), Step::Save);
        assert_eq!(decisions(&review), [(0, "accepted", "half a reason".to_owned())]);
        press(&mut review, "dé");
        review.press(key(KeyCode::Up));
        assert_eq!(press(&mut review, "\n"), Step::Save);
        assert_eq!(decisions(&review)[1].2, "half a reason");
        // A letter of a reason is no command, and a command is no letter.
        press(&mut review, "pdq\u{1b}");
        assert_eq!(press(&mut review, "q"), Step::Quit);
        press(&mut review, "a");
        assert_eq!(review.press(KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL)), Step::Quit);
    }

    #[test]
    fn every_key_in_every_mode_is_harmless() {
        let codes = [
            KeyCode::Left,
            KeyCode::Right,
            KeyCode::Up,
            KeyCode::Down,
            KeyCode::Home,
            KeyCode::End,
            KeyCode::PageUp,
            KeyCode::PageDown,
            KeyCode::Tab,
            KeyCode::BackTab,
            KeyCode::Delete,
            KeyCode::Backspace,
            KeyCode::Enter,
            KeyCode::Esc,
            KeyCode::F(1),
            KeyCode::Null,
        ];
        let all = codes.into_iter().chain("adunsplhgGjk? é\u{301}".chars().map(KeyCode::Char));
        for empty in [false, true] {
            let analysis = if empty { fixture::empty() } else { fixture::analysis() };
            for start in ["", "a", "d", "?", "axé"] {
                let mut review = Review::new(&analysis);
                press(&mut review, start);
                for code in all.clone() {
                    review.press(key(code));
                    review.press(KeyEvent::new(code, KeyModifiers::CONTROL));
                }
            }
        }
    }
}
