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
             "breitengrad|latitud|latitudine|enlem|عرض جغرافیایی",
    "lon": "lon|long|lng|longitude|x|lon dd|longitude dd|xlon|lon x|x coord|xcoord|point x|долгота|долг|geo lon|gps lon|decimallongitude|east|"
           "easting|"
           "geo lng|long dd|"
           "langengrad|longitud|longitudine|boylam|طول جغرافیایی",
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


def targets_of(columns: list[str]) -> dict[str, str]:
    """Target -> column of the file, by names alone; a column serves one target, the better name wins."""
    best: dict[str, tuple[int, str]] = {}
    for column in columns:
        target, rank = KNOWN.get(plain(column), ("", 0))
        if target and (target not in best or rank < best[target][0]):
            best[target] = (rank, column)
    return {target: column for target, (_, column) in best.items()}
