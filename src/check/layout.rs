//! What tables and lists of one document look like: which segments are one row, one column, one list.

use std::collections::BTreeMap;

use crate::segment::{Segment, SegmentKind};

/// The tables and lists of a document. Numbers are places in its list of segments.
#[derive(Debug, Default)]
pub(super) struct Layout {
    /// Figures' cells of each row, by table and row, without headers.
    pub(super) rows: BTreeMap<(u32, u32), Vec<usize>>,
    /// Cells of each column, by table and column, without the header.
    pub(super) columns: BTreeMap<(u32, u32), Vec<usize>>,
    /// The lists, in order.
    pub(super) lists: Vec<List>,
    /// The list that a segment is an item or the lead of.
    pub(super) list_of: BTreeMap<usize, usize>,
}

/// Items that follow each other, with the sentence that leads up to them.
#[derive(Debug, Default)]
pub(super) struct List {
    /// The sentence right before it, if it ends with a colon.
    pub(super) lead: Option<usize>,
    /// The segments of each item.
    pub(super) items: Vec<Vec<usize>>,
    /// Whether all items stand equally deep. What a list within a list counts cannot be told.
    pub(super) flat: bool,
}

impl Layout {
    /// Reads the layout of a document. Linear in its segments.
    pub(super) fn new(text: &str, segments: &[Segment]) -> Layout {
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
        layout
    }

    /// Adds a segment of a list item: to the item before it if it has no bullet of its own.
    fn item(&mut self, text: &str, segments: &[Segment], at: usize, open: &mut Option<(usize, String, char)>) {
        let before = text.get(..segments[at].span.start as usize).unwrap_or_default();
        let line = before.rsplit('\n').next().unwrap_or_default();
        let bullet = line.trim_start();
        if let (Some((list, ..)), true) = (open.as_ref(), self.continues(segments, at, bullet)) {
            if let Some(item) = self.lists[*list].items.last_mut() {
                item.push(at);
            }
            self.list_of.insert(at, *list);
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

    /// Whether a segment goes on with the item before it: another sentence of its paragraph, or a line without bullet.
    fn continues(&self, segments: &[Segment], at: usize, bullet: &str) -> bool {
        at > 0 && self.list_of.contains_key(&(at - 1)) && segments[at - 1].block == segments[at].block
            || bullet.is_empty()
    }
}
