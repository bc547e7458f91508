//! Regions that are marked in a document as saying nothing to check.
//!
//! Comes in: a text. Goes out: what lies between `<!-- belie:ignore -->` and `<!-- /belie:ignore -->`, marks included. The
//! marks are comments of Markdown and HTML; in plain text they work just as well. A mark behind a backtick is quoted and
//! marks nothing.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use crate::problem::{Level, Problem};
use crate::text::{LineIndex, Span};

/// How often the same is said of marks in one document.
const STATED: u32 = 20;

static MARK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"<!--[ \t]*(/?)[ \t]*belie:ignore[ \t]*-->").expect("a sound expression: the tests run it")
});

/// The marked regions: sorted, disjoint, not empty. One that is not closed reaches to the end, and `problems` say so.
pub(super) fn marked(text: &str, body: Span, path: &str, problems: &mut Vec<Problem>) -> Vec<Span> {
    let mut out = Vec::new();
    let mut open: Option<usize> = None;
    let lines = LineIndex::new(text);
    let mut said: BTreeMap<&str, u32> = BTreeMap::new();
    let mut say = |at: usize, message: &'static str| {
        let times = said.entry(message).or_default();
        *times += 1;
        if *times <= STATED {
            problems.push(Problem::new(Level::Warning, path, message).at(lines.line_of(at as u32)));
        }
    };
    let start = body.start as usize;
    for found in MARK.captures_iter(body.of(text)) {
        let (Some(whole), Some(slash)) = (found.get(0), found.get(1)) else { continue };
        let (from, to) = (start + whole.start(), start + whole.end());
        if text[..from].ends_with('`') {
            continue;
        }
        match (slash.is_empty(), open) {
            (true, None) => open = Some(from),
            (false, Some(begun)) => {
                out.push(Span::new(begun, to));
                open = None;
            }
            (true, Some(_)) => say(from, "belie:ignore within belie:ignore: the first end closes both"),
            (false, None) => say(from, "/belie:ignore without a belie:ignore before it"),
        }
    }
    if let Some(begun) = open {
        say(begun, "belie:ignore is never closed: all that follows is ignored");
        out.push(Span::new(begun, body.end as usize));
    }
    for (message, times) in said.into_iter().filter(|(_, times)| *times > STATED) {
        let message = format!("{message} ({} more times)", times - STATED);
        problems.push(Problem::new(Level::Warning, path, message));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::joined;

    #[track_caller]
    fn check(text: &str, regions: &[&str], said: &[&str]) {
        let mut problems = Vec::new();
        let found = marked(text, Span::new(0, text.len()), "a.md", &mut problems);
        assert_eq!(found.iter().map(|s| s.of(text)).collect::<Vec<_>>(), regions);
        let messages: Vec<String> = problems.iter().map(Problem::to_string).collect();
        assert_eq!(messages.len(), said.len(), "{messages:?}");
        assert!(messages.iter().zip(said).all(|(m, s)| m.contains(s)), "{messages:?}");
    }

    #[test]
    fn between_the_marks() {
        check("a <!-- belie:ignore -->b<!--/belie:ignore--> c", &["<!-- belie:ignore -->b<!--/belie:ignore-->"], &[]);
        check("a", &[], &[]);
        check("write `<!-- belie:ignore -->` first", &[], &[]);
        check("a <!-- belie:ignored --> b", &[], &[]);
    }

    #[test]
    fn marks_that_do_not_match() {
        check("a\n<!-- belie:ignore -->\nb", &["<!-- belie:ignore -->\nb"], &["a.md:2: belie:ignore is never closed"]);
        check("a <!-- /belie:ignore -->", &[], &["without a belie:ignore"]);
        let twice = "<!-- belie:ignore -->a<!-- belie:ignore -->b<!-- /belie:ignore -->";
        check(twice, &[twice], &["within"]);
    }

    #[test]
    fn the_same_is_said_so_often() {
        let mut problems = Vec::new();
        let text = "<!-- /belie:ignore -->\n".repeat(100);
        marked(&text, Span::new(0, text.len()), "a.md", &mut problems);
        assert_eq!(problems.len(), 21);
        assert_eq!(problems[19].line, Some(20));
        assert!(problems[20].message.contains("80 more times"), "{}", problems[20].message);
    }

    /// What this thread has used of a processor: other work on the machine does not count.
    fn processor_time() -> std::time::Duration {
        let spent = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
        std::time::Duration::new(spent.tv_sec.unsigned_abs(), u32::try_from(spent.tv_nsec).unwrap_or_default())
    }

    #[test]
    fn cost_is_linear_in_marks() {
        for unit in
            ["<!-- belie:ignore -->\n", "<!-- /belie:ignore -->\n", "<!-- belie:ignore -->a<!-- /belie:ignore -->\n"]
        {
            let time = |count: usize| {
                let text = unit.repeat(count);
                let start = processor_time();
                let document = crate::source::Document::from_text("a.md", &text);
                std::hint::black_box(document.ignored.len());
                processor_time().saturating_sub(start)
            };
            let linear = || time(16_000) < time(2_000).max(std::time::Duration::from_millis(1)) * 20;
            assert!((0..3).any(|_| linear()), "{unit:?}: 16,000 take more than twenty times as long as 2,000");
        }
    }

    #[test]
    fn joining() {
        let spans = vec![Span::new(5, 9), Span::new(0, 2), Span::new(2, 3), Span::new(6, 7), Span::new(4, 4)];
        assert_eq!(joined(spans), [Span::new(0, 3), Span::new(5, 9)]);
    }
}
