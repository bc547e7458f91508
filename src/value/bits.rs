//! Decimals as they are kept: sign, places and digits apart. Words would lose the sign of a zero, and with it a byte of a
//! report.

use rust_decimal::Decimal;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

#[derive(Serialize, Deserialize)]
struct Bits {
    negative: bool,
    places: u32,
    digits: u128,
}

impl From<&Decimal> for Bits {
    fn from(number: &Decimal) -> Bits {
        let digits = number.mantissa().unsigned_abs();
        Bits { negative: number.is_sign_negative(), places: number.scale(), digits }
    }
}

impl Bits {
    /// The number; `None` for more digits or places than a decimal has.
    fn number(&self) -> Option<Decimal> {
        let digits = i128::try_from(self.digits).ok()?;
        let mut number = Decimal::try_from_i128_with_scale(digits, self.places).ok()?;
        number.set_sign_negative(self.negative);
        Some(number)
    }
}

/// For `#[serde(with = "bits")]`.
pub(super) fn serialize<S: Serializer>(number: &Decimal, to: S) -> Result<S::Ok, S::Error> {
    Bits::from(number).serialize(to)
}

/// For `#[serde(with = "bits")]`.
pub(super) fn deserialize<'d, D: Deserializer<'d>>(from: D) -> Result<Decimal, D::Error> {
    Bits::deserialize(from)?.number().ok_or_else(|| D::Error::custom("no decimal"))
}

/// For `#[serde(with = "bits::optional")]`.
pub(super) mod optional {
    use super::*;

    pub(in super::super) fn serialize<S: Serializer>(number: &Option<Decimal>, to: S) -> Result<S::Ok, S::Error> {
        number.as_ref().map(Bits::from).serialize(to)
    }

    pub(in super::super) fn deserialize<'d, D: Deserializer<'d>>(from: D) -> Result<Option<Decimal>, D::Error> {
        let bits = Option::<Bits>::deserialize(from)?;
        bits.map(|b| b.number().ok_or_else(|| D::Error::custom("no decimal"))).transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn to_the_bit() {
        for text in
            ["0", "-0", "-0.00", "12.50", "-3.5", "79228162514264337593543950335", "0.0000000000000000000000000001"]
        {
            let mut number: Decimal = text.trim_start_matches('-').parse().unwrap();
            number.set_sign_negative(text.starts_with('-'));
            let kept = Bits::from(&number).number().unwrap();
            assert_eq!(kept.serialize(), number.serialize(), "{text}");
        }
        assert!(Bits { negative: false, places: 29, digits: 1 }.number().is_none());
        assert!(Bits { negative: false, places: 0, digits: u128::MAX }.number().is_none());
        assert!(Bits { negative: false, places: 0, digits: 1 << 96 }.number().is_none());
    }
}
