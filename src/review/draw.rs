//! The picture: the finding at hand with its sides beside each other, and what keys do.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::style::{Color, Modifier, Style};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Borders, Clear, Padding, Paragraph, Wrap};
use unicode_width::UnicodeWidthStr as _;

use super::{Item, Mode, Review, ReviewedValue};

/// Fewest columns of a side that stands beside another.
const NARROWEST: u16 = 36;

const KEYS: [(&str, &str); 9] = [
    ("a", "accept: it is right and may stay"),
    ("d", "dismiss: it is wrong"),
    ("u", "undo the last decision"),
    ("n, →, Space", "next"),
    ("p, ←", "previous"),
    ("g, G", "first, last"),
    ("↑ ↓, j k", "scroll"),
    ("?", "these keys"),
    ("q, Esc", "quit; every decision is already saved"),
];

/// Draws the whole screen. Without `color` nothing but weight and underlines tells parts apart.
pub fn draw(frame: &mut Frame<'_>, review: &Review, color: bool) {
    let paint = Paint { color };
    let Some(item) = review.items.get(review.at) else {
        frame.render_widget(Paragraph::new("nothing to review; q quits"), frame.area());
        return;
    };
    let top = header(review, item, paint);
    let notes = footer_notes(item, paint);
    let width = frame.area().width;
    let rows = |lines: &[Line<'_>]| lines.iter().map(|l| l.width().div_ceil(width.max(1) as usize).max(1) as u16).sum();
    let (head, foot): (u16, u16) = (rows(&top), rows(&notes));
    // The sides come first where there is little room.
    let foot = foot.min(frame.area().height.saturating_sub(head + 8) / 2 + 1);
    let areas = Layout::vertical([
        Constraint::Length(head),
        Constraint::Min(3),
        Constraint::Length(foot),
        Constraint::Length(1),
    ])
    .split(frame.area());
    frame.render_widget(Paragraph::new(top).wrap(Wrap { trim: false }), areas[0]);
    sides(frame, areas[1], review, item, paint);
    frame.render_widget(Paragraph::new(notes).wrap(Wrap { trim: false }), areas[2]);
    bottom(frame, areas[3], review, paint);
    if review.mode == Mode::Help {
        help(frame, paint);
    }
}

#[derive(Clone, Copy)]
struct Paint {
    color: bool,
}

impl Paint {
    fn of(self, color: Color) -> Style {
        if self.color { Style::new().fg(color) } else { Style::new() }
    }

    fn bold(self, color: Color) -> Style {
        self.of(color).add_modifier(Modifier::BOLD)
    }

    fn faint(self) -> Style {
        Style::new().add_modifier(Modifier::DIM)
    }

    fn marked(self) -> Style {
        self.bold(Color::Yellow).add_modifier(Modifier::UNDERLINED)
    }
}

fn header<'a>(review: &'a Review, item: &'a Item, paint: Paint) -> Vec<Line<'a>> {
    let count = format!("{} of {}", review.at + 1, review.items.len());
    let loud = if item.head.starts_with("error") { Color::Red } else { Color::Yellow };
    let mut first =
        vec![Span::styled(count, paint.faint()), Span::raw("  "), Span::styled(&*item.head, paint.bold(loud))];
    if item.is_changed {
        first.push(Span::raw("  changed since it was last settled"));
    }
    if let Some((choice, reason)) = review.decided.get(&review.at) {
        first.push(Span::styled(format!("  {}: {reason}", choice.name()), paint.bold(Color::Green)));
    }
    vec![Line::from(first), Line::styled(&*item.message, Style::new().add_modifier(Modifier::BOLD))]
}

fn footer_notes<'a>(item: &'a Item, paint: Paint) -> Vec<Line<'a>> {
    let line = |head: &'static str, text: &'a str| Line::from(vec![Span::styled(head, paint.faint()), Span::raw(text)]);
    let mut out: Vec<Line<'_>> = item.notes.iter().map(|n| line("note: ", n)).collect();
    if !item.help.is_empty() {
        out.push(line("help: ", &item.help));
    }
    out
}

/// The sides beside each other, or below each other where there is no room for that.
fn sides(frame: &mut Frame<'_>, area: Rect, review: &Review, item: &Item, paint: Paint) {
    let n = item.sides.len().max(1) as u16;
    if area.width / n >= NARROWEST {
        let columns = Layout::horizontal(item.sides.iter().map(|_| Constraint::Fill(1))).split(area);
        for (side, column) in item.sides.iter().zip(columns.iter()) {
            let block = Block::new().borders(Borders::ALL).padding(Padding::horizontal(1)).title(title(side, paint));
            let text = Paragraph::new(lines(side, paint)).wrap(Wrap { trim: true });
            frame.render_widget(text.block(block).scroll((review.scroll, 0)), *column);
        }
        return;
    }
    let mut all = Vec::new();
    for side in &item.sides {
        all.push(title(side, paint));
        all.extend(lines(side, paint));
    }
    let block = Block::new().borders(Borders::TOP | Borders::BOTTOM);
    let text = Paragraph::new(all).wrap(Wrap { trim: true });
    frame.render_widget(text.block(block).scroll((review.scroll, 0)), area);
}

fn title<'a>(side: &'a ReviewedValue, paint: Paint) -> Line<'a> {
    Line::from(vec![
        Span::styled(format!(" {} ", side.value), Style::new().add_modifier(Modifier::BOLD)),
        Span::styled(format!("({}) ", side.behind), paint.faint()),
    ])
}

fn lines<'a>(side: &'a ReviewedValue, paint: Paint) -> Vec<Line<'a>> {
    let mut out = Vec::new();
    for excerpt in &side.excerpts {
        out.push(Line::styled(&*excerpt.place, paint.of(Color::Cyan)));
        let [before, sentence, value, rest, after] = &excerpt.parts;
        out.push(Line::from(vec![
            Span::styled(&**before, paint.faint()),
            Span::raw(&**sentence),
            Span::styled(&**value, paint.marked()),
            Span::raw(&**rest),
            Span::styled(&**after, paint.faint()),
        ]));
        out.push(Line::raw(""));
    }
    out
}

/// The last line: a reason as it is typed, what has happened, or the keys.
fn bottom(frame: &mut Frame<'_>, area: Rect, review: &Review, paint: Paint) {
    if let (Mode::Reason { choice, text, cursor }, None) = (&review.mode, &review.said) {
        let ask = format!("{} because: ", choice.name());
        let before: String = text.chars().take(*cursor).collect();
        // What is left of the cursor stays in sight.
        let room = usize::from(area.width).saturating_sub(ask.width() + 1);
        let hidden = before.width().saturating_sub(room);
        let mut skipped = 0;
        let skip = |c: &char| {
            let skips = skipped < hidden;
            skipped += unicode_width::UnicodeWidthChar::width(*c).unwrap_or(0);
            skips
        };
        let shown: String = text.chars().skip_while(skip).collect();
        let column = ask.width() + before.width().min(room);
        frame.render_widget(Line::from(vec![Span::styled(ask, paint.bold(Color::Green)), Span::raw(shown)]), area);
        frame.set_cursor_position(Position::new(area.x + column as u16, area.y));
        return;
    }
    let line = match &review.said {
        Some(said) => Line::styled(said.as_str(), paint.bold(Color::Green)),
        None => Line::styled("a accept  d dismiss  n next  p back  u undo  q quit  ? keys", paint.faint()),
    };
    frame.render_widget(line, area);
}

fn help(frame: &mut Frame<'_>, paint: Paint) {
    let head = KEYS.iter().map(|(key, _)| key.width()).max().unwrap_or(0);
    let lines: Vec<Line<'_>> = KEYS
        .iter()
        .map(|(key, does)| {
            let gap = " ".repeat(head + 2 - key.width());
            Line::from(vec![Span::styled(*key, paint.bold(Color::Cyan)), Span::raw(gap), Span::raw(*does)])
        })
        .collect();
    let area = frame.area();
    let wide = lines.iter().map(Line::width).max().unwrap_or(0) as u16 + 4;
    let (width, height) = (wide.min(area.width), (lines.len() as u16 + 2).min(area.height));
    let place = Rect::new(area.x + (area.width - width) / 2, area.y + (area.height - height) / 2, width, height);
    let block = Block::new().borders(Borders::ALL).padding(Padding::horizontal(1)).title(" keys ");
    frame.render_widget(Clear, place);
    frame.render_widget(Paragraph::new(lines).block(block), place);
}

#[cfg(test)]
mod tests {
    use ratatui::Terminal;
    use ratatui::backend::TestBackend;
    use ratatui::crossterm::event::{KeyCode, KeyEvent};

    use super::*;
    use crate::report::fixture;

    fn check(width: u16, height: u16, keys: &str) -> String {
        let mut review = Review::new(&fixture::analysis());
        for c in keys.chars() {
            review.press(KeyEvent::from(if c == '\n' { KeyCode::Enter } else { KeyCode::Char(c) }));
        }
        let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        terminal.draw(|frame| draw(frame, &review, true)).unwrap();
        terminal.backend().to_string()
    }

    #[test]
    fn side_by_side() {
        insta::assert_snapshot!(check(100, 22, ""), @r#"
        "1 of 2  error[date-conflict]                                                                        "
        "two accounts of opened: see both                                                                    "
        "┌ 14 May 2021 (2 sources, 2 origins) ────────────┐┌ 12 May 2021 (1 source, 1 origin) ──────────────┐"
        "│ council.txt:1:45                               ││ harbour.txt:1:28                               │"
        "│ Crowds came when the Alder Bridge opened on    ││ The Alder Bridge opened on 12 May 2021.        │"
        "│ Friday, 14 May 2021.                           ││                                                │"
        "│                                                ││                                                │"
        "│ letters.md:1:621                               ││                                                │"
        "│ A reader remembers the old ferry, its horn and ││                                                │"
        "│ the queue on the quay – “every morning”, she   ││                                                │"
        "│ says. A reader remembers the old ferry, its    ││                                                │"
        "│ horn and the queue on the quay – “every        ││                                                │"
        "│ morning”, she says. A reader remembers the old ││                                                │"
        "│ ferry, its horn and the queue on the quay –    ││                                                │"
        "│ “every morning”, she says. A reader remembers  ││                                                │"
        "│ the old ferry, its horn and the queue on the   ││                                                │"
        "│ quay – “every morning”, she says. A reader     ││                                                │"
        "│ remembers the old ferry, its horn and the      ││                                                │"
        "└────────────────────────────────────────────────┘└────────────────────────────────────────────────┘"
        "note: both speak of the Alder Bridge                                                                "
        "help: find the record that dates it                                                                 "
        "a accept  d dismiss  n next  p back  u undo  q quit  ? keys                                         "
        "#);
    }

    #[test]
    fn narrow() {
        insta::assert_snapshot!(check(60, 24, "atwo calen"), @r#"
        "1 of 2  error[date-conflict]                                "
        "two accounts of opened: see both                            "
        "────────────────────────────────────────────────────────────"
        "14 May 2021 (2 sources, 2 origins)                          "
        "council.txt:1:45                                            "
        "Crowds came when the Alder Bridge opened on Friday, 14 May  "
        "2021.                                                       "
        "                                                            "
        "letters.md:1:621                                            "
        "A reader remembers the old ferry, its horn and the queue on "
        "the quay – “every morning”, she says. A reader remembers the"
        "old ferry, its horn and the queue on the quay – “every      "
        "morning”, she says. A reader remembers the old ferry, its   "
        "horn and the queue on the quay – “every morning”, she says. "
        "A reader remembers the old ferry, its horn and the queue on "
        "the quay – “every morning”, she says. A reader remembers the"
        "old ferry, its horn and the queue on the quay – “every      "
        "morning”, she says. A reader remembers the old ferry, its   "
        "horn and the queue on the quay – “every morning”, she says. "
        "�[31mThe Alder Bridge opened on 14 May 2021�[0m, A reader   "
        "────────────────────────────────────────────────────────────"
        "note: both speak of the Alder Bridge                        "
        "help: find the record that dates it                         "
        "accepted because: two calen                                 "
        "#);
    }

    #[test]
    fn keys() {
        insta::assert_snapshot!(check(80, 16, "atwo calendars\np?"), @r#"
        "1 of 2  error[date-conflict]  accepted: two calendars                           "
        "two accounts of opened: see both                                                "
        "┌ 14 May 2021┌ keys ──────────────────────────────────────────────┐origin) ────┐"
        "│ council.txt│ a            accept: it is right and may stay      │            │"
        "│ Crowds came│ d            dismiss: it is wrong                  │n 12 May    │"
        "│ opened on F│ u            undo the last decision                │            │"
        "│            │ n, →, Space  next                                  │            │"
        "│ letters.md:│ p, ←         previous                              │            │"
        "│ A reader re│ g, G         first, last                           │            │"
        "│ its horn an│ ↑ ↓, j k     scroll                                │            │"
        "│ “every morn│ ?            these keys                            │            │"
        "│ remembers t│ q, Esc       quit; every decision is already saved │            │"
        "└────────────└────────────────────────────────────────────────────┘────────────┘"
        "note: both speak of the Alder Bridge                                            "
        "help: find the record that dates it                                             "
        "a accept  d dismiss  n next  p back  u undo  q quit  ? keys                     "
        "#);
    }

    #[test]
    fn any_size() {
        for (width, height) in [(1, 1), (3, 2), (10, 5), (36, 4), (200, 3), (1, 60)] {
            for keys in ["", "a", "axyz", "?", "ax\n"] {
                check(width, height, keys);
            }
        }
    }

    #[test]
    fn values_are_underlined_without_colour() {
        let review = Review::new(&fixture::analysis());
        for color in [false, true] {
            let mut terminal = Terminal::new(TestBackend::new(100, 22)).unwrap();
            terminal.draw(|frame| draw(frame, &review, color)).unwrap();
            let cells = terminal.backend().buffer().content();
            let marked: String =
                cells.iter().filter(|c| c.modifier.contains(Modifier::UNDERLINED)).map(|c| c.symbol()).collect();
            assert!(marked.contains("14 May 2021") && marked.contains("12 May 2021"), "{marked}");
            assert_eq!(cells.iter().any(|c| c.fg != Color::Reset), color);
            assert!(cells.iter().all(|c| !c.symbol().contains('\u{1b}')));
        }
    }
}
