//! What tables and lists of one document look like: which segments are one row, one column, one list.

use std::collections::BTreeMap;

use crate::segment::{Segment, SegmentKind};

use super::CheckContext;
use super::figures::Sentence;
use super::series::Serieses;
use super::table::Table;

/// The tables and lists of a document. Numbers are places in its list of segments.
#[derive(Debug, Default)]
pub(super) struct Layout<'a> {
    /// All segments, each with its figures and words.
    pub(super) sentences: Vec<Sentence<'a>>,
    /// The tables, by number, each with its figures.
    pub(super) tables: BTreeMap<u32, Table<'a>>,
    /// Figures' cells of each row, by table and row, without headers.
    pub(super) rows: BTreeMap<(u32, u32), Vec<usize>>,
    /// Cells of each column, by table and column, without the header.
    pub(super) columns: BTreeMap<(u32, u32), Vec<usize>>,
    /// Tables whose first column counts its rows: "7", "8", "9".
    pub(super) numbered: Vec<u32>,
    /// The lists, in order.
    pub(super) lists: Vec<List>,
    /// The list that a segment is an item or the lead of.
    pub(super) list_of: BTreeMap<usize, usize>,
    /// The figures stated one after the other as parts of a whole.
    pub(super) series: Serieses,
}

/// Items that follow each other, with the sentence that leads up to them.
#[derive(Debug, Default)]
pub(super) struct List {
    /// The sentence right before it, if it ends with a colon.
    pub(super) lead: Option<usize>,
    /// The segments of each item.
    pub(super) items: Vec<Vec<usize>>,
    /// Whether all items stand equally deep. What a list within a list counts cannot be determined.
    pub(super) flat: bool,
}

impl<'a> Layout<'a> {
    /// The layouts of all documents; those in which nothing is looked for have nothing but their sentences.
    pub(super) fn all(context: &CheckContext<'a>) -> Vec<Layout<'a>> {
        let looked_at = context.sources();
        let of = |(source, segments): (u32, &Vec<Segment>)| {
            let sentences = Sentence::all(context, source);
            if !looked_at.contains(&source) {
                return Layout { sentences, ..Layout::default() };
            }
            let (tables, series) = (Table::all(context, source), Serieses::new(context, &sentences));
            Layout { sentences, tables, series, ..Layout::new(context.text(source), segments) }
        };
        (0..).zip(context.segments).map(of).collect()
    }

    /// Reads the tables and lists of a document. Linear in its segments.
    fn new(text: &str, segments: &[Segment]) -> Layout<'a> {
        let mut layout = Layout::default();
        let mut headed: Vec<u32> = Vec::new();
        for segment in segments {
            if let Some(cell) = segment.cell
                && cell.column_header.is_some()
                && headed.last() != Some(&cell.table)
            {
                headed.push(cell.table);
            }
        }
        let mut open: Option<(usize, String, char)> = None;
        for (at, segment) in segments.iter().enumerate() {
            if let Some(cell) = segment.cell
                && (cell.row > 0 || headed.binary_search(&cell.table).is_err())
            {
                layout.columns.entry((cell.table, cell.column)).or_default().push(at);
                if cell.column > 0 {
                    layout.rows.entry((cell.table, cell.row)).or_default().push(at);
                }
            }
            if segment.kind != SegmentKind::ListItem || segment.noise {
                open = None;
                continue;
            }
            layout.item(text, segments, at, &mut open);
        }
        let number = |at: &usize| segments[*at].span.of(text).trim().parse::<i64>().ok();
        let counts = |cells: &[usize]| {
            let all: Option<Vec<i64>> = cells.iter().map(number).collect();
            all.is_some_and(|all| all.len() > 1 && all.windows(2).all(|w| w[0].checked_add(1) == Some(w[1])))
        };
        layout.numbered =
            layout.columns.iter().filter(|((_, c), cells)| *c == 0 && counts(cells)).map(|((t, _), _)| *t).collect();
        layout
    }

    /// Adds a segment of a list item: to the item before it if it has no bullet of its own.
    fn item(&mut self, text: &str, segments: &[Segment], at: usize, open: &mut Option<(usize, String, char)>) {
        let open_list = open.as_ref().map(|(list, ..)| *list);
        let same_block = at > 0 && self.list_of.contains_key(&(at - 1)) && segments[at - 1].block == segments[at].block;
        // Another sentence of a paragraph of the item, or a paragraph of it without a bullet of its own.
        let line = if same_block { "" } else { line_before(text, segments[at].span.start) };
        let bullet = line.trim_start();
        if let (Some(list), true) = (open_list, bullet.is_empty()) {
            if let Some(item) = self.lists[list].items.last_mut() {
                item.push(at);
            }
            self.list_of.insert(at, list);
            return;
        }
        let depth = line[..line.len() - bullet.len()].to_owned();
        let mark = bullet.chars().next().map_or(' ', |c| if c.is_alphanumeric() { '1' } else { c });
        let list = match open {
            Some((list, first, own)) if *own == mark || *first != depth => {
                self.lists[*list].flat &= *first == depth;
                *list
            }
            _ => {
                let leads = |s: &Segment| {
                    s.cell.is_none() && !s.noise && s.span.of(text).trim_end_matches(['*', '_']).ends_with(':')
                };
                let lead = at.checked_sub(1).filter(|&b| leads(&segments[b]));
                self.lists.push(List { lead, items: Vec::new(), flat: true });
                let list = self.lists.len() - 1;
                if let Some(lead) = lead {
                    self.list_of.entry(lead).or_insert(list);
                }
                *open = Some((list, depth, mark));
                list
            }
        };
        self.lists[list].items.push(vec![at]);
        self.list_of.insert(at, list);
    }
}

/// What stands before a byte on its line.
fn line_before(text: &str, at: u32) -> &str {
    text.get(..at as usize).unwrap_or_default().rsplit('\n').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segment::segment;
    use crate::source::Document;

    /// Each list as "lead > items", `~` before one that is not flat.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let document = Document::from_text("x.md", text);
        let segments = segment(&document);
        let layout = Layout::new(&document.text, &segments);
        let words = |s: usize| segments[s].span.of(&document.text);
        let shown = |list: &List| {
            let items: Vec<String> =
                list.items.iter().map(|i| i.iter().map(|&s| words(s)).collect::<Vec<_>>().join(" ")).collect();
            let flat = if list.flat { "" } else { "~" };
            format!("{flat}{} > {}", list.lead.map_or("", words), items.join(" | "))
        };
        assert_eq!(layout.lists.iter().map(shown).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn lists() {
        check("Two ways:\n\n- by sea. It is slow.\n- by land\n", &["Two ways: > by sea. It is slow. | by land"]);
        check("Two ways.\n\n1. by sea\n2. by land\n", &[" > by sea | by land"]);
        check("Ways:\n\n- by sea\n  - by sail\n- by land\n", &["~Ways: > by sea | by sail | by land"]);
        check(
            "Ways:\n\n- by sea\n- by land\n\nReasons:\n\n- the cost\n- the noise\n",
            &["Ways: > by sea | by land", "Reasons: > the cost | the noise"],
        );
    }
}
