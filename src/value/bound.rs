//! How the words at hand limit a value.

use serde::{Deserialize, Serialize};

/// The bound that the words beside a value give it. None of them means [`Bound::Exact`], however round the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub enum Bound {
    /// No hedge.
    #[default]
    Exact,
    /// "about", "roughly", "some", "or so".
    Approx,
    /// "nearly", "almost", "just under": a little below.
    Nearly,
    /// "at least", "no fewer than", "minimum".
    AtLeast,
    /// "up to", "at most", "within", "as many as", "maximum".
    AtMost,
    /// "more than", "over", "crossed".
    MoreThan,
    /// "less than", "under", "fewer than".
    LessThan,
    /// A stated range: "two to three".
    Range,
}

impl Bound {
    /// The name in reports and rule files.
    pub fn name(self) -> &'static str {
        match self {
            Bound::Exact => "exact",
            Bound::Approx => "approx",
            Bound::Nearly => "nearly",
            Bound::AtLeast => "at_least",
            Bound::AtMost => "at_most",
            Bound::MoreThan => "more_than",
            Bound::LessThan => "less_than",
            Bound::Range => "range",
        }
    }

    /// All bounds, in the order of their names in [`Bound::name`].
    pub const ALL: [Bound; 8] = [
        Bound::Exact,
        Bound::Approx,
        Bound::Nearly,
        Bound::AtLeast,
        Bound::AtMost,
        Bound::MoreThan,
        Bound::LessThan,
        Bound::Range,
    ];

    /// The bound of a name.
    pub fn parse(name: &str) -> Option<Bound> {
        Bound::ALL.into_iter().find(|b| b.name() == name)
    }
}
