//! Weighted bags of words and how alike two of them are.

/// A sparse vector: keys in order, each with a weight above 0.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Vector {
    parts: Vec<(u32, u32)>,
    norm: f64,
}

impl Vector {
    /// From keys and weights in any order; of a key given twice the greater weight counts.
    pub(crate) fn new(all: impl IntoIterator<Item = (u32, u32)>) -> Vector {
        let mut parts: Vec<(u32, u32)> = all.into_iter().filter(|(_, w)| *w > 0).collect();
        parts.sort_unstable_by_key(|(key, weight)| (*key, std::cmp::Reverse(*weight)));
        parts.dedup_by_key(|(key, _)| *key);
        let sum: f64 = parts.iter().map(|(_, w)| f64::from(*w) * f64::from(*w)).sum();
        Vector { parts, norm: sum.sqrt() }
    }

    /// Keys and weights, by key.
    pub(crate) fn parts(&self) -> &[(u32, u32)] {
        &self.parts
    }

    /// The cosine of the two in thousandths. Sums and a square root of exact integers: the same on every machine.
    pub(crate) fn alike(&self, other: &Vector) -> i32 {
        let (mut i, mut j, mut sum) = (0, 0, 0.0);
        while let (Some(a), Some(b)) = (self.parts.get(i), other.parts.get(j)) {
            match a.0.cmp(&b.0) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
                std::cmp::Ordering::Equal => {
                    sum += f64::from(a.1) * f64::from(b.1);
                    i += 1;
                    j += 1;
                }
            }
        }
        if sum == 0.0 { 0 } else { (1000.0 * sum / (self.norm * other.norm)) as i32 }
    }
}
