//! Phrases over word ids: the longest one that begins (or, built backwards, ends) at a token.

use foldhash::{HashMap, HashMapExt};

/// A trie whose edges are word ids; id 0 (a word of no table) is never an edge.
#[derive(Debug, Clone)]
pub(crate) struct Trie<T> {
    /// Nodes below the root by word id, 0 where there is none: nearly every look-up ends here.
    first: Vec<u32>,
    /// Edges of the other nodes.
    edges: HashMap<(u32, u32), u32>,
    ends: Vec<Option<T>>,
}

impl<T: Copy> Trie<T> {
    pub(crate) fn new() -> Self {
        Trie { first: Vec::new(), edges: HashMap::new(), ends: vec![None] }
    }

    /// Adds a phrase. The later of two equal phrases wins; the earlier payload is handed back.
    pub(crate) fn insert(&mut self, path: impl Iterator<Item = u32>, payload: T) -> Option<T> {
        let mut node = 0;
        for word in path {
            let next = self.ends.len() as u32;
            let edge = if node == 0 {
                let at = word as usize;
                self.first.resize(self.first.len().max(at + 1), 0);
                &mut self.first[at]
            } else {
                self.edges.entry((node, word)).or_default()
            };
            if *edge == 0 {
                *edge = next;
                self.ends.push(None);
            }
            node = *edge;
        }
        self.ends[node as usize].replace(payload)
    }

    /// The node one word further.
    pub(crate) fn step(&self, node: u32, word: u32) -> Option<u32> {
        if node == 0 {
            return self.first.get(word as usize).copied().filter(|next| *next != 0);
        }
        if word == 0 { None } else { self.edges.get(&(node, word)).copied() }
    }

    /// What ends at a node.
    pub(crate) fn end(&self, node: u32) -> Option<T> {
        self.ends[node as usize]
    }
}
