//! SVG: a picture that needs no other tool, still and without scripts.
//!
//! Origins and sources stand on the left, claims in the middle, grouped by what they are about; relations are arcs on
//! the right. Each kind of relation has its colour and its dashes, conflicts a cross as well, so that nothing is shown by
//! colour alone. What has no room stands in tooltips. A picture holds [`MOST`] claims; which ones, `scene.rs` says.

use super::{Form, Network, v1};

mod layout;
mod paint;
mod scene;

/// Most claims of a picture: with more, nobody finds anything in it.
const MOST: usize = 400;

/// What a picture is made for.
pub(super) enum Frame<'a> {
    /// A file of its own, with its style in it.
    File,
    /// A place in a page, which takes [`style_sheet`] into its own; a claim links to where the function says.
    Page(&'a dyn Fn(&v1::Claim) -> Option<String>),
}

/// A picture to stand in an HTML page, and how many claims of how many it shows.
pub(crate) fn picture(
    network: &Network,
    most: usize,
    link: &dyn Fn(&v1::Claim) -> Option<String>,
) -> (String, usize, usize) {
    let scene = scene::Scene::new(network, most);
    let svg = paint::paint(&scene, &layout::layout(&scene), &Frame::Page(link));
    (svg, scene.claims.len(), scene.all)
}

/// The style of [`picture`], for a page: rules that hold inside `svg.network` alone.
pub(crate) fn style_sheet() -> String {
    format!("svg.network{{\n{};\n{}}}\n", paint::FONT, paint::rules())
}

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
        paint::paint(&scene, &layout::layout(&scene), &Frame::File)
    }
}
