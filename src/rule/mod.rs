//! Rules and lexicons: loaded, checked, compiled.

pub mod measure;
