//! The pictures that articles show: a few PNG files of one colour each. They are not compressed, which saves
//! a dependency.

use super::random::Random;

const COUNT: usize = 24;
const WIDTH: u32 = 64;
const HEIGHT: u32 = 36;

/// The address of any of them.
pub(crate) fn any(random: &mut Random) -> String {
    format!("/pictures/{:02}.png", random.below(COUNT))
}

/// All of them: names and bytes.
pub(crate) fn all() -> impl Iterator<Item = (String, Vec<u8>)> {
    (0..COUNT).map(|number| (format!("{number:02}.png"), png(10 * number as u8)))
}

/// See the PNG specification, third edition, and RFC 1950.
fn png(grey: u8) -> Vec<u8> {
    let mut header = [WIDTH.to_be_bytes(), HEIGHT.to_be_bytes()].concat();
    // Eight bits a pixel, greyscale; compression, filters and interlacing as usual.
    header.extend([8, 0, 0, 0, 0]);
    let line = [vec![0], vec![grey; WIDTH as usize]].concat();
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    for (kind, data) in
        [(b"IHDR", header), (b"IDAT", zlib(&line.repeat(HEIGHT as usize))), (b"IEND", Vec::new())]
    {
        let named = [kind.as_slice(), &data].concat();
        png.extend((data.len() as u32).to_be_bytes());
        png.extend(&named);
        png.extend(crc(&named).to_be_bytes());
    }
    png
}

/// One stored block.
fn zlib(data: &[u8]) -> Vec<u8> {
    let length = data.len() as u16;
    let mut bytes = vec![0x78, 0x01, 0x01];
    bytes.extend(length.to_le_bytes());
    bytes.extend((!length).to_le_bytes());
    bytes.extend(data);
    bytes.extend(adler(data).to_be_bytes());
    bytes
}

fn adler(data: &[u8]) -> u32 {
    let (low, high) = data.iter().fold((1, 0), |(low, high), &byte| {
        let low = (low + u32::from(byte)) % 65_521;
        (low, (high + low) % 65_521)
    });
    high << 16 | low
}

fn crc(data: &[u8]) -> u32 {
    let bit = |crc: u32, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 };
    !data.iter().fold(!0, |crc, &byte| (0..8).fold(crc ^ u32::from(byte), bit))
}
