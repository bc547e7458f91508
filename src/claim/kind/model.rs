//! What a kind of claim is: it reads a document and adds its claims to those of the kinds before it.

use crate::claim::model::Claim;
use crate::claim::view::DocumentView;

/// A way of making claims out of a document.
pub trait Kind: Sync {
    /// Name of the kind's file, for the test that compares folder and table.
    fn name(&self) -> &'static str;
    /// Adds the kind's claims. `claims` holds what the kinds before it in [`KINDS`](super::KINDS) have found.
    fn extract(&self, view: &DocumentView<'_>, claims: &mut Vec<Claim>);
}
