"""What columns are called by those who make such files, in English, Russian and the exports of well-known collections."""

from __future__ import annotations

import re
import unicodedata

from geodata.intake.letters import folded

WORDS: dict[str, str] = {
    "event": "event|event id|eventid|id|uid|uuid|event id cnty|record id|incident id|номер|номер события|ид|код|№|no|nr|key|ref",
    "title": "title|headline|name|event name|event title|subject|what|what happened|incident|название|заголовок|событие|наименование|имя|что|"
             "что произошло|source headline|label|заглавие|инцидент|"
             "titre|titel|titulo|titolo|baslik|nomi|nom|номи чорабини|عنوان|الحدث|رویداد|sarlavha|chorabini nomi",
    "kind": "kind|type|event type|category|event kind|incident type|class|тип|вид|категория|тип события|вид события|sub event type|"
             "typ|tipo|turu|نوع|навъ|turi",
    "status": "status|state of event|event status|статус|состояние",
    "start": "start|start date|date|event date|date start|begin|begins|from|from date|day|when|date of event|begin date|datetime|timestamp|"
             "incident date|"
             "дата|дата начала|начало|дата события|когда|день|с|time start|timespan begin|date from|"
             "fecha|tarih|sana|сана|санаи оғоз|تاریخ|التاريخ|beginn|debut|inicio|inizio|baslangic|boshlanish",
    "end": "end|end date|date end|finish|to|to date|until|till|ends|дата окончания|окончание|конец|дата конца|по|до|timespan end|date to|"
             "ende|bitis|анҷом|پایان|tugash",
    "date_precision": "date precision|date accuracy|точность даты",
    "place": "place|location|city|town|place name|placename|locality|settlement|site|where|venue|village|address|location name|город|место|"
             "населенный пункт|нас пункт|место события|где|пункт|локация|адрес|"
             "ort|lieu|lugar|luogo|yer|ҷой|чой|мавзеъ|محل|مکان|ولسوالی|المكان|stadt|ville|ciudad|citta|sehir|shahar|шахр",
    "lat": "lat|latitude|y|lat dd|latitude dd|ylat|lat y|y coord|ycoord|point y|широта|шир|geo lat|gps lat|decimallatitude|north|northing|"
             "breitengrad|geographische breite|latitud|latitudine|enlem|عرض جغرافیایی",
    "lon": "lon|long|lng|longitude|x|lon dd|longitude dd|xlon|lon x|x coord|xcoord|point x|долгота|долг|geo lon|gps lon|decimallongitude|east|"
           "easting|"
           "geo lng|long dd|"
           "langengrad|geographische länge|longitud|longitudine|boylam|طول جغرافیایی",
    "place_precision": "place precision|location precision|точность места",
    "radius_km": "radius km|radius|uncertainty km|accuracy km|радиус|радиус км",
    "zone": "zone",
    "country": "country|country code|iso3|iso 3|country iso|country iso3|iso a3|adm0|adm0 a3|admin0|country name|nation|state name|adm0 name|страна|"
               "государство|код страны|"
               "pays|pais|paese|ulke|davlat|кишвар|давлат|کشور|الدولة|البلد",
    "blocs": "blocs|bloc|organisation|organization|блок|блоки",
    "participants": "participants",
    "summary": "summary|description|notes|note|details|text|comment|comments|narrative|content|abstract|body|описание|примечание|примечания|"
               "комментарий|"
               "текст|подробности|содержание|кратко|"
               "beschreibung|descripcion|descrizione|aciklama|tavsif|tafsilot|шарх|тавсиф|شرح|توضیحات|وصف",
    "source": "source|sources|source name|publisher|media|reference|citation|outlet|link|url|source url|источник|источники|ссылка|сми|издание|"
              "source article|"
              "quelle|fuente|fonte|kaynak|manba|манбаъ|منبع|مأخذ|المصدر",
    "locator": "locator|page|страница",
    "reported": "reported|report date|date reported|published|publication date|date published|pubdate|reported on|дата публикации|опубликовано|"
                "дата сообщения|сообщено",
    "reliability": "reliability|source reliability|надежность|надежность источника",
    "credibility": "credibility|information credibility|достоверность",
    "marking": "marking|tlp|classification marking|гриф",
    "furniture": "furniture",
    "coordinates": "coordinates|coords|coordinate|coord|latlon|lat lon|latlong|lat long|latitude longitude|lat lng|latlng|gps|geo|point|location "
                   "coordinates|"
                   "geopoint|координаты|координата|where coordinates|wkt|geom wkt|geometry wkt|широта долгота|"
                   "lonlat|lon lat|longlat|long lat|lnglat|lng lat|longitude latitude|долгота широта",
}  # fmt: skip
"""target column -> names; `coordinates` is latitude and longitude in one cell"""

TARGETS = tuple(WORDS)
LONGITUDE_FIRST = frozenset({"lonlat", "lon lat", "longlat", "long lat", "lnglat", "lng lat", "longitude latitude", "долгота широта"})
LATITUDE_FIRST = frozenset({"latlon", "lat lon", "latlong", "lat long", "latlng", "lat lng", "latitude longitude", "широта долгота"})
"""names of one column for both coordinates that say which stands first"""


def plain(text: str) -> str:
    """A column name for comparing: lower case, no accents, words separated by one blank."""
    bare = "".join(c for c in folded(text) if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", " ", bare).strip() or text.strip()


KNOWN: dict[str, tuple[str, int]] = {}
"""plain name -> target and how good a name for it this is, 0 the best"""
for _target, _names in WORDS.items():
    for _rank, _name in enumerate(_names.split("|")):
        KNOWN.setdefault(plain(_name), (_target, _rank))


def _worded(text: str) -> frozenset[str]:
    return frozenset(map(plain, text.split("|")))


BREADTHS = _worded("breite|breedte|bredde|bredd|عرض|العرض")
LENGTHS = _worded("länge|lengte|længde|lengde|längd|طول|الطول")
"""names that mean latitude and longitude, and width and length as well"""

YEARS = _worded("year|event year|year of event|year of the event|jahr|année|año|ano|anno|yıl|yil|rok|год|год события|сол|рік|жыл|سال|السنة|年")
"""names of a column in which a bare number is a year"""

SOMEWHERE = _worded(
    "country|countries|cntry|ctry|nation|land|länder|ländername|staatsname|pays|país|países|paese|paesi|țară|ülke|davlat|mamlakat|kraj|kraina|країна|страна|страны|"
    "держава|государство|давлат|кишвар|мамлакат|мамлекет|мемлекет|ел|өлкө|کشور|هیواد|البلد|بلد|الدولة|دولة|国|国家|"
    "place|where|location|locality|region|area|territory|theatre|theater|geo|ort|lieu|lugar|luogo|место|местоположение|регион|территория|где|"
    "iso|iso2|iso3|a2|a3|alpha|alpha2|alpha3|adm0|admin0"
)
SOMEBODY = _worded(
    "actor|actors|party|parties|participant|participants|side|sides|state|nationality|citizenship|perpetrator|victim|attacker|defender|target|army|"
    "force|forces|owner|operator|origin|source|home|partner|partners|reporter|reporting|sponsor|donor|recipient|supplier|seller|buyer|ally|allies|"
    "enemy|opponent|flag|member|group|government|delegation|visitor|guest|speaker|author|publisher|birth|sending|receiving|from|to|with|against|"
    "актор|участник|участники|участница|сторона|стороны|гражданство|национальность|субъект|исполнитель|противник|союзник|партнёр|гость|делегация|"
    "происхождения|происхождение|поставщик|получатель|флаг|откуда|куда|"
    "akteur|akteure|partei|parteien|teilnehmer|seite|herkunft|acteur|partie|origine|parte|nacionalidad|origen|taraf|uyruk|ishtirokchi|tomon|"
    "иштирокчӣ|тараф|طرف|جنسية|تابعیت|ملیت|بازیگر"
)
"""words in names of columns of countries: where an event was; whose country it is"""

_SIDES = _worded("a|b|c|1|2|3|i|ii|first|second")
"""what tells two parties apart, `Country A`, unless it is part of the name of a code, `ISO 2`"""

_UNTOLD = re.compile(r"\w|(?:column|col|field|unnamed|spalte|colonne|столбец|поле|[cfvx]) ?\d+")
"""names that say nothing"""


def may_say_where(column: str) -> bool:
    """Whether countries under this name can be where events were: it speaks of a place, not of anybody's country, or says nothing."""
    name = plain(column)
    words = set(name.split())
    anybody = words & SOMEBODY or (words & _SIDES and not words & {"iso", "alpha"})
    return bool(_UNTOLD.fullmatch(name) or (words & SOMEWHERE and not anybody))


def is_year(column: str) -> bool:
    """Whether a name says that the numbers under it are years."""
    return plain(column) in YEARS


def broad_and_long(columns: list[str]) -> tuple[str, str] | None:
    """The two columns whose names mean latitude and longitude or width and length; None unless there is one of each."""
    broad, long = ([column for column in columns if plain(column) in names] for names in (BREADTHS, LENGTHS))
    return (broad[0], long[0]) if len(broad) == len(long) == 1 else None


def targets_of(columns: list[str]) -> dict[str, str]:
    """Target -> column of the file, by names alone; a column serves one target, the better name wins."""
    best: dict[str, tuple[int, str]] = {}
    for column in columns:
        target, rank = KNOWN.get(plain(column), ("", 0))
        if target and (target not in best or rank < best[target][0]):
            best[target] = (rank, column)
    return {target: column for target, (_, column) in best.items()}
