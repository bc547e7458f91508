//! JSON that holds no documents: its strings, figures and tables in the order of the file, under their keys.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::facts;
use super::tree::{Kind, Tree};
use crate::source::blocks::Blocks;
use crate::source::reader::PieceKind;

/// Fewest words of a string that is a paragraph.
const WORDS: usize = 3;
/// The lowest rank of a heading.
const LOWEST: u8 = 6;

/// Adds all that a value says. Keys of objects and the names of things become headings, once something stands below.
pub(super) fn add(tree: &Tree, value: usize, blocks: &mut Blocks) {
    Writer { tree, blocks, headings: Vec::new() }.value(None, value, 1);
}

struct Writer<'a, 't> {
    tree: &'a Tree<'t>,
    blocks: &'a mut Blocks,
    /// Keys and names that nothing stands below yet, each with its rank.
    headings: Vec<(usize, u8)>,
}

impl Writer<'_, '_> {
    /// Values nest no deeper here than the tree reads them.
    fn value(&mut self, key: Option<usize>, at: usize, rank: u8) {
        let tree = self.tree;
        match tree.kind(at) {
            Kind::Object => {
                let is_name = |value: usize| tree.kind(value) == Kind::String && !tree.raw(value).trim().is_empty();
                let name = facts::TITLE.iter().find_map(|name| tree.get(at, name)).filter(|value| is_name(*value));
                self.below(name.or(key), rank, |writer, rank| {
                    for (key, value) in tree.entries(at).filter(|(_, value)| Some(*value) != name) {
                        writer.value(Some(key), value, rank);
                    }
                });
            }
            Kind::Array if is_table(tree, at) => self.below(key, rank, |writer, _| writer.table(at)),
            Kind::Array => self.below(key, rank, |writer, rank| {
                for item in tree.items(at) {
                    writer.value(None, item, rank);
                }
            }),
            Kind::String if tree.raw(at).split_whitespace().nth(WORDS - 1).is_some() => {
                self.show_headings();
                tree.string(at).write(self.blocks);
            }
            Kind::String if is_figure(tree.raw(at)) => self.item(key, at),
            Kind::Number => self.item(key, at),
            Kind::String | Kind::Word => {}
        }
    }

    /// Adds what stands below a heading.
    fn below(&mut self, heading: Option<usize>, rank: u8, add: impl FnOnce(&mut Self, u8)) {
        let before = self.headings.len();
        self.headings.extend(heading.map(|at| (at, rank)));
        add(self, if heading.is_some() { LOWEST.min(rank + 1) } else { rank });
        self.headings.truncate(before);
    }

    fn show_headings(&mut self) {
        for (at, rank) in std::mem::take(&mut self.headings) {
            key_words(self.tree, at, self.blocks);
            self.blocks.end(PieceKind::Heading(rank));
        }
    }

    /// A figure with its key: `visitors: 4000`. One without a key says nothing.
    fn item(&mut self, key: Option<usize>, at: usize) {
        let Some(key) = key else { return };
        self.show_headings();
        key_words(self.tree, key, self.blocks);
        // Behind the quotation mark.
        let behind = self.tree.span(key).end as usize + 1;
        let colon = self.tree.text.get(behind..).and_then(|rest| rest.find(':')).unwrap_or_default();
        self.blocks.put(":", behind + colon, 1);
        self.blocks.blank(behind + colon + 1);
        words(self.tree, at, self.blocks);
        self.blocks.end(PieceKind::Item);
    }

    /// The keys of all objects are the header, in the order in which they stand first.
    fn table(&mut self, array: usize) {
        self.show_headings();
        let (tree, table) = (self.tree, self.blocks.table());
        let mut columns: HashMap<&str, u32> = HashMap::new();
        for (key, _) in tree.items(array).flat_map(|row| tree.entries(row)) {
            let column = columns.len() as u32;
            if let Entry::Vacant(new) = columns.entry(tree.raw(key)) {
                new.insert(column);
                key_words(tree, key, self.blocks);
                self.blocks.end(PieceKind::Cell { table, row: 0, column, head: true });
            }
        }
        for (row, object) in (1..).zip(tree.items(array)) {
            let told = tree.entries(object).filter(|(_, value)| tree.raw(*value) != "null");
            let column = |key: usize| columns.get(tree.raw(key)).copied().unwrap_or_default();
            let mut cells: Vec<(u32, usize)> = told.map(|(key, value)| (column(key), value)).collect();
            // An object may have its keys in another order than the one before; cells are read from left to right.
            cells.sort_by_key(|(column, _)| *column);
            for (column, value) in cells {
                words(tree, value, self.blocks);
                self.blocks.end(PieceKind::Cell { table, row, column, head: false });
            }
        }
    }
}

/// Whether an array holds objects and these nothing but strings, numbers and the like.
pub(super) fn is_table(tree: &Tree, array: usize) -> bool {
    let is_flat = |object: usize| {
        tree.kind(object) == Kind::Object
            && tree.end(object) > object + 1
            && tree.entries(object).all(|(_, value)| !matches!(tree.kind(value), Kind::Object | Kind::Array))
    };
    tree.items(array).next().is_some() && tree.items(array).all(is_flat)
}

/// Whether a short string is a figure: `$4.2 billion`, `38 %`.
fn is_figure(raw: &str) -> bool {
    raw.contains(|c: char| c.is_ascii_digit()) && raw.contains([' ', '%', '$', '€', '£', '¥']) && !raw.contains("://")
}

/// Adds a string, number or word to the open block.
fn words(tree: &Tree, at: usize, blocks: &mut Blocks) {
    if tree.kind(at) == Kind::String {
        return tree.string(at).write_line(blocks);
    }
    blocks.add(tree.raw(at), tree.span(at).start as usize);
}

/// Adds a key in words: `total_visitors` and `totalVisitors` are two. A name is written as it is.
fn key_words(tree: &Tree, at: usize, blocks: &mut Blocks) {
    let (raw, start) = (tree.raw(at), tree.span(at).start as usize);
    if raw.contains(['\\', ' ', '&', '<']) {
        return words(tree, at, blocks);
    }
    let mut lower = false;
    for (i, c) in raw.char_indices() {
        if c == '_' || lower && c.is_uppercase() {
            blocks.blank(start + i);
        }
        if c != '_' {
            blocks.put(c.encode_utf8(&mut [0; 4]), start + i, c.len_utf8());
        }
        lower = c.is_lowercase();
    }
}
