//! How far a run is, for whoever waits.

use std::fmt;
use std::sync::Arc;

/// Where a run stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// So many documents of so many have gone through the first pass.
    Extracting {
        /// How many are done.
        done: usize,
        /// How many there are.
        total: usize,
    },
    /// The second pass, over all claims.
    Comparing,
    /// Nothing is left to wait for.
    Done,
}

/// Is called at every [`Stage`], on whatever thread reaches it. No result depends on it.
#[derive(Clone)]
pub struct Listener(Arc<dyn Fn(Stage) + Send + Sync>);

impl Listener {
    /// Calls a function.
    pub fn new(stated: impl Fn(Stage) + Send + Sync + 'static) -> Listener {
        Listener(Arc::new(stated))
    }

    pub(super) fn tell(&self, stage: Stage) {
        (self.0)(stage);
    }
}

impl fmt::Debug for Listener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Listener")
    }
}
