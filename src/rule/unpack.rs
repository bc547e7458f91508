//! Reads what `build.rs` has packed as any type that serde can read from TOML.

use postcard::{Error, Result, de_flavors::Slice};
use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;
use serde_spanned::de::{SpannedDeserializer, is_spanned};

use super::packed::{Head, Kind};

type Bytes<'de> = postcard::Deserializer<'de, Slice<'de>>;

/// Reads a packed file as a type.
pub(super) fn unpack<'de, T: Deserialize<'de>>(packed: &'de [u8]) -> Result<T> {
    T::deserialize(Packed::next(&mut Bytes::from_bytes(packed))?)
}

/// The first value of the key of a packed file, as a type; `None` where there is no such key, or where it is set to something else.
pub(super) fn value_of<'de, T: Deserialize<'de>>(packed: &'de [u8], key: &str) -> Option<T> {
    let bytes = &mut Bytes::from_bytes(packed);
    let table = Packed::next(bytes).ok().filter(|table| table.head.kind == Kind::Table)?;
    for _ in 0..usize::deserialize(&mut *table.rest).ok()? {
        let found = <&str>::deserialize(Packed::next(table.rest).ok()?).ok()? == key;
        let value = Packed::next(table.rest).ok()?;
        if found {
            return T::deserialize(value).ok();
        }
        IgnoredAny::deserialize(value).ok()?;
    }
    None
}

/// A value whose head has been read.
struct Packed<'a, 'de> {
    head: Head,
    rest: &'a mut Bytes<'de>,
}

impl<'a, 'de> Packed<'a, 'de> {
    fn next(rest: &'a mut Bytes<'de>) -> Result<Packed<'a, 'de>> {
        Ok(Packed { head: Head::deserialize(&mut *rest)?, rest })
    }
}

impl<'de> IntoDeserializer<'de, Error> for Packed<'_, 'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Packed<'_, 'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        let rest = self.rest;
        match self.head.kind {
            Kind::Text => visitor.visit_borrowed_str(Deserialize::deserialize(rest)?),
            Kind::Integer => visitor.visit_i64(Deserialize::deserialize(rest)?),
            Kind::Boolean => visitor.visit_bool(Deserialize::deserialize(rest)?),
            Kind::List => visitor.visit_seq(Members { left: Deserialize::deserialize(&mut *rest)?, rest }),
            Kind::Table => visitor.visit_map(Members { left: Deserialize::deserialize(&mut *rest)?, rest }),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        visitor.visit_some(self)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        if is_spanned(name) {
            let span = self.head.start as usize..self.head.end as usize;
            return visitor.visit_map(SpannedDeserializer::<_, Error>::new(self, span));
        }
        self.deserialize_any(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        let word = <&str>::deserialize(self)?;
        visitor.visit_enum(word.into_deserializer())
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        newtype_struct seq tuple tuple_struct map identifier ignored_any
    }
}

/// The members of a list or a table, as far as they have not been read.
struct Members<'a, 'de> {
    left: usize,
    rest: &'a mut Bytes<'de>,
}

impl<'de> SeqAccess<'de> for Members<'_, 'de> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>> {
        let Some(left) = self.left.checked_sub(1) else { return Ok(None) };
        self.left = left;
        seed.deserialize(Packed::next(self.rest)?).map(Some)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.left)
    }
}

impl<'de> MapAccess<'de> for Members<'_, 'de> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>> {
        self.next_element_seed(seed)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value> {
        seed.deserialize(Packed::next(self.rest)?)
    }
}
