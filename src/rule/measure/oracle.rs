//! The factors of the table of units, held against the library `uom`: each of its units that the table has as well.

use rust_decimal::prelude::ToPrimitive;

use super::tests::embedded;

/// Checks rows of one dimension: the ratio of each to the first must be that of `uom`.
macro_rules! same {
    ($quantity:ident, $module:ident: $($unit:ident = $row:literal),+ $(,)?) => {{
        use uom::si::{f64::$quantity, $module};
        let theirs = [$(($row, $quantity::new::<$module::$unit>(1.0).value)),+];
        compare(&theirs);
    }};
}

fn compare(theirs: &[(&str, f64)]) {
    let measures = embedded();
    let row =
        |name: &str| measures.units.iter().find(|u| &*u.unit.name == name).unwrap_or_else(|| panic!("no row `{name}`"));
    let factor = |name: &str| row(name).unit.factor.to_f64().unwrap_or(f64::NAN);
    let (base, one) = theirs[0];
    for &(name, value) in theirs {
        assert_eq!(row(name).unit.dimension, row(base).unit.dimension, "`{name}`");
        let (ours, expected) = (factor(name) / factor(base), value / one);
        let error = (ours / expected - 1.0).abs();
        // `uom` keeps many factors to seven digits, and the fathom and the acre by the survey foot of the United States.
        // A dalton keeps five digits of the 28 places that a decimal has.
        let allowed = match name {
            "dalton" => 5e-5,
            "fathom" | "acre" => 5e-6,
            _ => 5e-7,
        };
        assert!(error < allowed, "`{name}` is {ours} of `{base}`, not {expected}");
    }
}

#[test]
fn factors_are_those_of_uom() {
    same!(Length, length: meter = "metre", picometer = "picometre", nanometer = "nanometre", micrometer = "micrometre",
        millimeter = "millimetre", centimeter = "centimetre", decimeter = "decimetre", kilometer = "kilometre",
        megameter = "megametre", inch = "inch", foot = "foot", yard = "yard", mile = "mile",
        nautical_mile = "nautical mile", fathom = "fathom", angstrom = "angstrom", parsec = "parsec",
        astronomical_unit = "astronomical unit", light_year = "light-year");
    same!(Area, area: square_meter = "square metre", square_kilometer = "square kilometre",
        square_centimeter = "square centimetre", square_millimeter = "square millimetre",
        square_micrometer = "square micrometre", square_foot = "square foot", square_inch = "square inch",
        square_yard = "square yard", square_mile = "square mile", hectare = "hectare", acre = "acre");
    same!(Volume, volume: liter = "litre", milliliter = "millilitre", centiliter = "centilitre", deciliter = "decilitre",
        hectoliter = "hectolitre", kiloliter = "kilolitre", megaliter = "megalitre", gigaliter = "gigalitre",
        microliter = "microlitre", nanoliter = "nanolitre", gallon = "gallon", pint_liquid = "pint",
        quart_liquid = "quart", cup = "cup", tablespoon = "tablespoon", teaspoon = "teaspoon",
        fluid_ounce = "fluid ounce", barrel = "barrel", cubic_meter = "cubic metre",
        cubic_centimeter = "cubic centimetre", cubic_millimeter = "cubic millimetre",
        cubic_kilometer = "cubic kilometre", cubic_foot = "cubic foot", cubic_inch = "cubic inch",
        cubic_yard = "cubic yard", cubic_mile = "cubic mile", gallon_imperial = "imperial gallon", bushel = "bushel");
    same!(Mass, mass: gram = "gram", kilogram = "kilogram", milligram = "milligram", microgram = "microgram",
        nanogram = "nanogram", picogram = "picogram", teragram = "teragram", ton = "tonne", ton_short = "ton",
        ton_long = "long ton", pound = "pound", ounce = "ounce", ounce_troy = "troy ounce", carat = "carat",
        hundredweight_long = "hundredweight", dalton = "dalton");
    same!(Time, time: second = "second", picosecond = "picosecond", nanosecond = "nanosecond",
        microsecond = "microsecond", millisecond = "millisecond", minute = "minute", hour = "hour", day = "day");
    same!(Velocity, velocity: meter_per_second = "m/second", kilometer_per_hour = "km/hour",
        kilometer_per_second = "km/second", mile_per_hour = "mile/hour", knot = "knot", foot_per_second = "foot/second");
    same!(Information, information: byte = "byte", bit = "bit", kilobyte = "kilobyte", kilobit = "kilobit",
        megabyte = "megabyte", megabit = "megabit", gigabyte = "gigabyte", gigabit = "gigabit", terabyte = "terabyte",
        terabit = "terabit", petabyte = "petabyte", petabit = "petabit", exabyte = "exabyte", exabit = "exabit",
        kibibyte = "kibibyte", mebibyte = "mebibyte", gibibyte = "gibibyte", tebibyte = "tebibyte",
        pebibyte = "pebibyte", zettabyte = "zettabyte");
    same!(Frequency, frequency: hertz = "hertz", millihertz = "millihertz", kilohertz = "kilohertz",
        megahertz = "megahertz", gigahertz = "gigahertz", terahertz = "terahertz", petahertz = "petahertz");
    same!(Power, power: watt = "watt", nanowatt = "nanowatt", microwatt = "microwatt", milliwatt = "milliwatt",
        kilowatt = "kilowatt", megawatt = "megawatt", gigawatt = "gigawatt", terawatt = "terawatt",
        petawatt = "petawatt", horsepower = "horsepower", horsepower_metric = "metric horsepower");
    same!(Energy, energy: joule = "joule", microjoule = "microjoule", millijoule = "millijoule", kilojoule = "kilojoule",
        megajoule = "megajoule", gigajoule = "gigajoule", terajoule = "terajoule", petajoule = "petajoule",
        exajoule = "exajoule", watt_hour = "watt hour", kilowatt_hour = "kilowatt hour",
        megawatt_hour = "megawatt hour", gigawatt_hour = "gigawatt hour", terawatt_hour = "terawatt hour",
        petawatt_hour = "petawatt hour", electronvolt = "electronvolt", kiloelectronvolt = "kiloelectronvolt",
        megaelectronvolt = "megaelectronvolt", gigaelectronvolt = "gigaelectronvolt",
        teraelectronvolt = "teraelectronvolt", erg = "erg", btu_it = "British thermal unit");
    same!(Force, force: newton = "newton", micronewton = "micronewton", millinewton = "millinewton",
        kilonewton = "kilonewton", meganewton = "meganewton", pound_force = "pound-force", dyne = "dyne");
    same!(Pressure, pressure: pascal = "pascal", micropascal = "micropascal", millipascal = "millipascal",
        hectopascal = "hectopascal", kilopascal = "kilopascal", megapascal = "megapascal", gigapascal = "gigapascal",
        bar = "bar", millibar = "millibar", psi = "psi", atmosphere = "atmosphere",
        millimeter_of_mercury = "millimetre of mercury", inch_of_mercury = "inch of mercury", torr = "torr");
    same!(ElectricPotential, electric_potential: volt = "volt", nanovolt = "nanovolt", microvolt = "microvolt",
        millivolt = "millivolt", kilovolt = "kilovolt", megavolt = "megavolt");
    same!(ElectricCurrent, electric_current: ampere = "ampere", picoampere = "picoampere", nanoampere = "nanoampere",
        microampere = "microampere", milliampere = "milliampere", kiloampere = "kiloampere");
    same!(ElectricalResistance, electrical_resistance: ohm = "ohm", milliohm = "milliohm", kiloohm = "kiloohm",
        megaohm = "megaohm", gigaohm = "gigaohm");
    same!(Capacitance, capacitance: farad = "farad", picofarad = "picofarad", nanofarad = "nanofarad",
        microfarad = "microfarad", millifarad = "millifarad");
    same!(AmountOfSubstance, amount_of_substance: mole = "mole", picomole = "picomole", nanomole = "nanomole",
        micromole = "micromole", millimole = "millimole", kilomole = "kilomole");
    same!(Inductance, inductance: henry = "henry", nanohenry = "nanohenry", microhenry = "microhenry",
        millihenry = "millihenry");
    same!(Radioactivity, radioactivity: becquerel = "becquerel", kilobecquerel = "kilobecquerel",
        megabecquerel = "megabecquerel", gigabecquerel = "gigabecquerel", terabecquerel = "terabecquerel",
        curie = "curie");
    same!(Angle, angle: minute = "arcminute", second = "arcsecond");
}

#[test]
fn temperatures_are_those_of_uom() {
    use uom::si::f64::ThermodynamicTemperature;
    use uom::si::thermodynamic_temperature::{degree_celsius, degree_fahrenheit, kelvin};
    let measures = embedded();
    let celsius = |name: &str, n: f64| {
        let unit = &measures.units.iter().find(|u| &*u.unit.name == name).expect("temperatures are units").unit;
        n * unit.factor.to_f64().unwrap_or(f64::NAN) + unit.offset.to_f64().unwrap_or(f64::NAN)
    };
    for n in [-40.0, 0.0, 98.6, 451.0] {
        let from_f = ThermodynamicTemperature::new::<degree_fahrenheit>(n).get::<degree_celsius>();
        let from_k = ThermodynamicTemperature::new::<kelvin>(n).get::<degree_celsius>();
        assert!((celsius("degree Fahrenheit", n) - from_f).abs() < 1e-9, "{n} °F");
        assert!((celsius("kelvin", n) - from_k).abs() < 1e-9, "{n} K");
    }
}

#[test]
fn only_marked_factors_have_a_rest() {
    // A factor that fills all the places of a decimal was cut off there.
    let cut = |f: rust_decimal::Decimal| f.scale() > 0 && f.normalize().mantissa().unsigned_abs() >= 10u128.pow(26);
    let measures = embedded();
    for unit in measures.units.iter().map(|entry| &entry.unit) {
        assert!(measures.rounded(&unit.name) || !cut(unit.factor), "`{}` has to be marked as rounded", unit.name);
    }
}
