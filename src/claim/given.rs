//! What tests begin with: the rules of the binary and what they extract, compiled once.

use std::sync::LazyLock;

use crate::rule::Rules;

use super::Extractor;

pub(crate) static RULES: LazyLock<Rules> = LazyLock::new(|| Rules::embedded().unwrap());
pub(crate) static EXTRACTOR: LazyLock<Extractor<'static>> = LazyLock::new(|| Extractor::new(&RULES));
