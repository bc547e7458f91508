//! Vectors of words, as a model that read far more text than the treebank has learned them.

use std::collections::HashSet;

use safetensors::SafeTensors;

use crate::weights::{feature, hash};

/// The tensor of the vectors, a row for each line of `vocab.txt`.
const TENSOR: &str = "embeddings.word_embeddings.weight";

/// How long a vector is on average.
const LENGTH: f32 = 4.0;

/// Words with their vectors.
pub struct Vectors {
    words: Vec<u64>,
    /// Their vectors, in their order.
    pub all: &'static [Vec<f32>],
}

impl Vectors {
    /// Reads `vocab.txt` and `model.safetensors` of a folder: the words of letters alone, their vectors moved to the middle
    /// and made equally long on average.
    pub fn read(folder: &str) -> Result<Vectors, String> {
        let file = |name: &str| {
            let path = format!("{folder}/{name}");
            std::fs::read(&path).map_err(|e| format!("{path}: {e}"))
        };
        let names = String::from_utf8(file("vocab.txt")?).map_err(|e| e.to_string())?;
        let bytes = file("model.safetensors")?;
        let all = SafeTensors::deserialize(&bytes).map_err(|e| e.to_string())?;
        let tensor = all.tensor(TENSOR).map_err(|e| e.to_string())?;
        let &[_, width] = tensor.shape() else { return Err(format!("{TENSOR}: not a table")) };
        let numbers: Vec<f32> = tensor.data().as_chunks().0.iter().map(|number| f32::from_le_bytes(*number)).collect();
        let mut seen = HashSet::new();
        let whole = |word: &str| word.len() > 1 && word.chars().all(char::is_alphabetic);
        let (words, mut rows): (Vec<u64>, Vec<Vec<f32>>) = names
            .lines()
            .zip(numbers.chunks_exact(width))
            .filter(|(word, _)| whole(word))
            .map(|(word, row)| (hash(word), row.to_vec()))
            .filter(|(word, _)| seen.insert(*word))
            .unzip();
        let count = rows.len() as f32;
        for k in 0..width {
            let mean = rows.iter().map(|row| row[k]).sum::<f32>() / count;
            rows.iter_mut().for_each(|row| row[k] -= mean);
        }
        let squares = rows.iter().flatten().map(|x| x * x).sum::<f32>() / count;
        rows.iter_mut().flatten().for_each(|x| *x *= LENGTH / squares.sqrt());
        Ok(Vectors { words, all: rows.leak() })
    }

    /// The features under which a network asks for them.
    pub fn features(&self, template: u64) -> impl Iterator<Item = u64> {
        self.words.iter().map(move |word| feature(template, &[*word]))
    }
}
