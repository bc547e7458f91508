//! SVG: a picture that needs no other tool, still and without scripts.
//!
//! Origins and sources stand on the left, claims in the middle, grouped by what they are about; relations are arcs on
//! the right. Each kind of relation has its colour and its dashes, conflicts a cross as well, so that nothing is told by
//! colour alone. What has no room stands in tooltips. A picture holds [`MOST`] claims; which ones, `scene.rs` says.

use super::{Form, Network};

mod layout;
mod paint;
mod scene;

/// Most claims of a picture: with more, nobody finds anything in it.
const MOST: usize = 400;

/// `--format svg`.
pub(super) struct Svg;

impl Form for Svg {
    fn name(&self) -> &'static str {
        "svg"
    }

    fn help(&self) -> &'static str {
        "a picture, with at most 400 claims, those in conflicts first"
    }

    fn render(&self, network: &Network) -> String {
        let scene = scene::Scene::new(network, MOST);
        paint::paint(&scene, &layout::layout(&scene))
    }
}
