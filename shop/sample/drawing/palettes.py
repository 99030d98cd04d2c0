"""The colours of the drawings: one row per palette, named by the glaze, cloth or wood it stands for."""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Palette:
    """ground = wall behind, surface = table, body/shade/light = the thing itself and its two ends of tone,
    accent = a second colour (knob, cord, seal), line = darkest outline, ink/wash = pattern stroke and fill
    as they look ON the body (light on a dark body, dark on a light one)."""

    ground: str
    surface: str
    body: str
    shade: str
    light: str
    accent: str
    line: str
    ink: str
    wash: str


def _p(row: str) -> Palette:
    return Palette(*("#" + code for code in row.split()))


#                 ground surface body   shade  light  accent line   ink    wash
PALETTES: dict[str, Palette] = {
    "cobalt": _p("E6E3DA C9B99F F5F3EA 8E9DB6 FFFFFF B8452F 1B2C5C 1D469B 7C9EDC"),
    "celadon": _p("E9E5D8 C4AE8C B9D0BA 648A77 F3F9EF B07F38 34564A 55836F 97BBA3"),
    "ivory": _p("DDD3C1 A88B68 F1E8D5 AE9672 FFFCF2 A4502B 584330 86542F CDA877"),
    "copper_red": _p("E7DED3 BFA184 F4EBDF AF9187 FFFFFF 2F5D57 5A1A17 9C2821 D68475"),
    "amber": _p("EADFC9 B8935F B86C27 5A2B0E FBD08C F0BE6A 3A1A07 4A2007 8B4A15"),
    "honey": _p("F0E4C8 C79B5B DB982E 87500E FFE9B0 A23B1E 55300A 7B4409 F3CB76"),
    "jade": _p("DFE5DA A9A583 3D8C73 174A3E C6EBD9 E3B24B 0F332B E7F4E4 8FCDB1"),
    "indigo": _p("E2E2E0 B5A58C 2B3C68 111A36 8496C8 CDA456 0B1226 EBE6D5 90A5D6"),
    "plum": _p("E9DDDD B79A90 6E3053 331228 D79AB8 D9A648 260B1D F3DEDD C48AA9"),
    "lacquer": _p("EBDDCB A97B58 A9211A 520909 F58C74 1D1412 2A0605 EDBB55 CC8D2D"),
    "ink": _p("E0D9CC A38867 2C2A2D 0C0B0D 97949A B4382A 060506 E2BC72 A27F3E"),
    "gold": _p("E8DFCF A3805A D6A746 7A5214 FFF3C8 9E2B25 4A2F0A 74490F B9852D"),
    "silver": _p("D5DADB 8E9698 C5CACE 666F78 FFFFFF 39788A 2B343C 48525C 96A1AA"),
    "bronze": _p("DFD8C9 9C8262 A5803C 2E1F0C FDE9AE 4D8A77 1C1206 33220C 5F461C"),
    "bamboo": _p("E8E8D8 B7A77D DABF84 8C6B33 FDF2CE 6B8A3B 4F3A17 78571F B4924D"),
    "walnut": _p("E6DCCF B39B80 7B4A2B 371D0F D09B6E D8AA64 210F06 2C160A 553019"),
    "rose": _p("F1E1DE C9A79B D98C93 8F454F FBD9D8 8B2E3F 56202A 9B3A48 F3C4C4"),
    "lotus": _p("F0E4E4 BFA79C EBA9BC A6587A FFE9EF 5E8B5A 6B2B4A B64A77 F7CFDB"),
    "leaf": _p("E7EADB B6A67F 6F9A49 34582A D5E8AE D9A441 20391A E6EFC6 A9C87C"),
    "mint": _p("E2ECE6 B9B096 A9D5C2 5E9484 F2FCF7 D97F5F 2C5A4E 3F8272 DDF1E7"),
    "peach": _p("F4E6DA CBA88A F3BC9C B96F52 FFEEDF C6485A 6B3425 BC5A4B FAD9C6"),
    "kumquat": _p("F2E7D2 C49E6B ED922B A9530E FFDD9C 4F7D3A 5C2C07 8C3F08 F9C46C"),
    "night": _p("38404F 5B4A3C 24304A 0C1322 7388B0 D8B060 060A14 E5D6AE 6E86B8"),
    "earth": _p("EADDCE B28E6C B4633E 642C18 F0B08A 3F6659 3B180C 5A2614 8C4429"),
}


def palette(name: str) -> Palette:
    """The palette of that name; an unknown name is a mistake in the sample content and raises KeyError."""
    return PALETTES[name]


def mix(first: str, second: str, amount: float) -> str:
    """The colour `amount` (0..1) of the way from first to second."""
    pairs = zip(_channels(first), _channels(second), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * amount):02X}" for a, b in pairs)


def inverted(colours: Palette) -> Palette:
    """Body and pattern exchanged: white on cobalt instead of cobalt on white."""
    deep = mix(colours.line, colours.ink, 0.3)
    return replace(colours, body=colours.ink, shade=deep, light=colours.wash, ink=colours.body, wash=colours.wash)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
