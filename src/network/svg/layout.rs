//! Where the parts of a picture stand, in whole pixels.

use super::scene::{Scene, rank};

/// Left edge of the origins, and their width.
pub(super) const ORIGIN: (i32, i32) = (16, 150);
/// Left edge of the sources, and their width.
pub(super) const SOURCE: (i32, i32) = (216, 200);
/// Left edge of the claims, and their width.
pub(super) const CLAIM: (i32, i32) = (490, 580);
/// Left edge of the arcs.
pub(super) const ARCS: i32 = CLAIM.0 + CLAIM.1 + 6;
/// How far an arc may reach to the right.
const REACH: i32 = 300;
/// Width of a picture.
pub(super) const WIDTH: i32 = ARCS + REACH + 20;

/// Height of a claim.
pub(super) const ROW: i32 = 18;
/// Height of the line that says what claims are about.
const HEADING: i32 = 24;
/// Room between two groups.
const GAP: i32 = 10;
/// Height of a source with its second line, and of an origin.
pub(super) const BOX: i32 = 36;
/// Least distance of two boxes in one column.
const APART: i32 = BOX + 8;
/// Room for the title, the account of what is shown, and the heads of the columns.
const HEAD: i32 = 92;
/// Height of a row of the legend, and how many entries it has.
pub(super) const LEGEND: (i32, usize) = (18, 5);

/// Where the parts of a picture stand; vertical places are middles.
pub(super) struct Layout {
    /// Of the whole.
    pub height: i32,
    /// Where the columns begin.
    pub top: i32,
    /// Of the sources.
    pub sources: Vec<i32>,
    /// Of the origins.
    pub origins: Vec<i32>,
    /// Of the groups' headings.
    pub headings: Vec<i32>,
    /// Of the claims.
    pub claims: Vec<i32>,
    /// How far each arc reaches to the right.
    pub reaches: Vec<i32>,
}

/// Lays a picture out: claims from top to bottom, sources spread beside them in the order of where their claims lie,
/// origins beside what goes back to them.
pub(super) fn layout(scene: &Scene<'_>) -> Layout {
    let kinds: std::collections::BTreeSet<usize> = scene.arcs.iter().map(|a| rank(a.edge.kind)).collect();
    let top = HEAD + LEGEND.0 * kinds.len().div_ceil(LEGEND.1) as i32;
    let mut y = top;
    let mut headings = Vec::new();
    let mut claims = vec![0; scene.claims.len()];
    for (_, members) in &scene.groups {
        headings.push(y + HEADING / 2);
        y += HEADING;
        for &at in members {
            claims[at] = y + ROW / 2;
            y += ROW;
        }
        y += GAP;
    }
    let columns = scene.sources.len().max(scene.origins.len()) as i32;
    let bottom = y.max(top + columns * APART);

    let mut wanted: Vec<Vec<i32>> = vec![Vec::new(); scene.sources.len()];
    for (shown, &at) in scene.claims.iter().zip(&claims) {
        if let Some(source) = shown.source {
            wanted[source].push(at);
        }
    }
    let spread = |n: usize, i: usize| top + ((bottom - top) * (2 * i as i32 + 1)) / (2 * n.max(1) as i32);
    let mut order: Vec<usize> = (0..scene.sources.len()).collect();
    order.sort_by_key(|&s| (mean(&wanted[s]), s));
    let mut sources = vec![0; scene.sources.len()];
    for (i, &source) in order.iter().enumerate() {
        sources[source] = spread(order.len(), i);
    }

    let mut wanted: Vec<Vec<i32>> = vec![Vec::new(); scene.origins.len()];
    for &(source, origin) in &scene.witnesses {
        wanted[origin].push(sources[source]);
    }
    for (shown, &at) in scene.claims.iter().zip(&claims) {
        if let Some(origin) = shown.origin {
            wanted[origin].push(at);
        }
    }
    let origins = parted(&wanted.iter().map(|w| mean(w).unwrap_or(top)).collect::<Vec<_>>(), top, bottom);
    let reaches = scene.arcs.iter().map(|a| reach((claims[a.from] - claims[a.to]).abs())).collect();
    Layout { height: bottom + 24, top, sources, origins, headings, claims, reaches }
}

fn mean(of: &[i32]) -> Option<i32> {
    let sum: i64 = of.iter().map(|y| i64::from(*y)).sum();
    (!of.is_empty()).then(|| (sum / of.len() as i64) as i32)
}

/// Places near the wanted ones, in their order, none nearer than [`APART`] to the next, all between the edges if they
/// have room there.
fn parted(wanted: &[i32], top: i32, bottom: i32) -> Vec<i32> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by_key(|&i| (wanted[i], i));
    let mut places = vec![0; wanted.len()];
    let mut next = top + BOX / 2;
    for &i in &order {
        places[i] = wanted[i].max(next);
        next = places[i] + APART;
    }
    // What has been pushed over the lower edge is pushed back.
    let mut last = bottom - BOX / 2;
    for &i in order.iter().rev() {
        places[i] = places[i].min(last);
        last = places[i] - APART;
    }
    places
}

/// How far an arc over so many pixels reaches: far ones farther, so that they lie around near ones.
fn reach(over: i32) -> i32 {
    (14 + (f64::from(over).sqrt() * 5.5) as i32).min(REACH)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_do_not_lie_on_each_other() {
        let places = parted(&[300, 100, 100, 990], 0, 1000);
        assert_eq!(places, [300, 100, 144, 982]);
        let crowded = parted(&[500; 20], 0, 20 * APART);
        let mut sorted = crowded.clone();
        sorted.sort_unstable();
        assert!(sorted.windows(2).all(|w| w[1] - w[0] >= APART), "{crowded:?}");
        assert!(sorted[0] >= 0 && sorted[19] <= 20 * APART);
        assert!(reach(18) < reach(180) && reach(i32::MAX) == REACH);
    }
}
