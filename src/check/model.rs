//! What checks say beside their links.

/// A closed form that was evaluated and holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// Id of the check.
    pub rule: String,
    /// The claims it rests on.
    pub claims: Vec<u32>,
    /// What holds, with the numbers.
    pub message: String,
}

/// A closed form that found its inputs but could not be decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotChecked {
    /// Id of the check.
    pub rule: String,
    /// The claims it would have rested on.
    pub claims: Vec<u32>,
    /// Why it was refused.
    pub reason: String,
}
