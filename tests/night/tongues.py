"""Words of our own for articles in several languages: matters told by somebody, denials, and sentences about nothing."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["TONGUES", "Tongue"]


@dataclass(frozen=True)
class Tongue:
    """How one language says it. ``tells``: templates with ``s`` (who), ``t`` (to whom), ``g`` (goods), ``m`` (month), ``c`` (who says so);
    ``denies``: how the one who did it denies it; ``fills``: sentences with two words of ``words``."""

    senders: Mapping[str, str]
    receivers: Mapping[str, str]
    goods: Mapping[str, str]
    months: Mapping[str, str]
    claimants: Mapping[str, str]
    tells: tuple[str, ...]
    denies: Mapping[str, str]
    fills: tuple[str, ...]
    words: tuple[str, ...]
    joint: str = " "

    def can(self, matter: tuple[str, str, str]) -> bool:
        """Whether it has the words for a matter."""
        return matter[2] in self.goods

    def tell(self, matter: tuple[str, str, str], month: str, claimant: str, template: int) -> str:
        sender, receiver, goods = matter
        text = self.tells[template % len(self.tells)].format(s=self.senders[sender], t=self.receivers[receiver], g=self.goods[goods],
                                                             m=self.months[month], c=self.claimants[claimant])
        return text[0].upper() + text[1:]

    def filler(self, dice: random.Random, count: int) -> str:
        chosen = []
        for fill in dice.choices(self.fills, k=count):
            one, two = dice.sample(self.words, 2)
            chosen.append(fill.format(a=one, b=two, n=dice.randint(11, 9999)))
        return self.joint.join(text[0].upper() + text[1:] for text in chosen)


TONGUES = {
    "en": Tongue(
        {"KP": "North Korea", "IR": "Iran", "TR": "Turkey", "RW": "Rwanda", "SD": "Sudan", "RU": "Russia", "CN": "China"},
        {"RU": "to Russia", "CN": "to China", "KP": "to North Korea", "houthis": "to the Houthis", "LY": "to Libya", "m23": "to the M23",
         "SS": "to South Sudan", "SY": "to Syria", "hezbollah": "to Hezbollah"},
        {"shells": "artillery shells", "missiles": "missiles", "coal": "coal", "vehicles": "armoured vehicles", "mortars": "mortars",
         "ammunition": "ammunition", "seafood": "seafood", "machinery": "machinery", "rifles": "rifles", "launchers": "rocket launchers",
         "textiles": "textiles", "copper": "copper"},
        {"earlier": "in February 2024", "now": "in March 2024"},
        {"US": "the White House", "KR": "Seoul", "JP": "Tokyo", "FR": "Paris", "panel": "a UN panel of experts"},
        ("{s} shipped {g} {t} {m}, {c} said.", "According to {c}, {s} sent {g} {t} {m}.", "{c} said that {s} had delivered {g} {t} {m}."),
        {"KP": "Pyongyang denied it.", "IR": "Tehran denied it.", "CN": "Beijing denied it.", "SD": "Khartoum denied it."},
        ("the {a} near the {b} stayed closed after {n} visitors.", "a {a} and a {b} were painted again in hall {n}.",
         "the price of a {a} rose to {n} while the {b} stayed cheap.", "children drew a {a} beside a {b} on page {n}.",
         "the choir sang of a {a} and of a {b} in room {n}."),
        ("bakery", "garden", "bridge", "theatre", "lamp", "chair", "melon", "kettle", "violin", "museum", "picnic", "umbrella", "ladder",
         "pillow", "candle", "carpet", "basket", "mirror", "window", "orchard")),
    "es": Tongue(
        {"KP": "Corea del Norte", "IR": "Irán", "TR": "Turquía", "RW": "Ruanda", "SD": "Sudán", "RU": "Rusia", "CN": "China"},
        {"RU": "a Rusia", "CN": "a China", "KP": "a Corea del Norte", "houthis": "a los hutíes", "LY": "a Libia", "m23": "al M23",
         "SS": "a Sudán del Sur", "SY": "a Siria", "hezbollah": "a Hezbolá"},
        {"shells": "proyectiles de artillería", "missiles": "misiles", "coal": "carbón", "vehicles": "vehículos blindados",
         "mortars": "morteros", "ammunition": "municiones", "seafood": "mariscos", "machinery": "maquinaria", "rifles": "fusiles",
         "launchers": "lanzacohetes múltiples", "textiles": "textiles", "copper": "cobre"},
        {"earlier": "en febrero de 2024", "now": "en marzo de 2024"},
        {"US": "la Casa Blanca", "KR": "Seúl", "JP": "Tokio", "FR": "París", "panel": "un panel de expertos de la ONU"},
        ("{s} envió {g} {t} {m}, dijo {c}.", "según {c}, {s} suministró {g} {t} {m}.", "{c} afirmó que {s} había enviado {g} {t} {m}."),
        {"KP": "Pyongyang lo negó.", "IR": "Teherán lo negó.", "CN": "Pekín lo negó."},
        ("el {a} junto al {b} quedó cerrado tras {n} visitas.", "pintaron otra vez un {a} y un {b} en la sala {n}.",
         "los niños dibujaron un {a} al lado de un {b} en la página {n}.", "el coro cantó sobre un {a} y un {b} en el salón {n}."),
        ("jardín", "puente", "teatro", "farol", "melón", "violín", "museo", "paraguas", "cojín", "tapiz", "cesto", "espejo", "huerto",
         "sombrero", "reloj", "cuaderno", "plato", "armario")),
    "fr": Tongue(
        {"KP": "la Corée du Nord", "IR": "l'Iran", "TR": "la Turquie", "RW": "le Rwanda", "SD": "le Soudan", "RU": "la Russie",
         "CN": "la Chine"},
        {"RU": "à la Russie", "CN": "à la Chine", "KP": "à la Corée du Nord", "houthis": "aux Houthis", "LY": "à la Libye", "m23": "au M23",
         "SS": "au Soudan du Sud", "SY": "à la Syrie", "hezbollah": "au Hezbollah"},
        {"shells": "des obus d'artillerie", "missiles": "des missiles", "coal": "du charbon", "vehicles": "des véhicules blindés",
         "mortars": "des mortiers", "ammunition": "des munitions", "seafood": "des fruits de mer", "machinery": "des machines",
         "rifles": "des fusils", "launchers": "des lance-roquettes multiples", "textiles": "des textiles", "copper": "du cuivre"},
        {"earlier": "en février 2024", "now": "en mars 2024"},
        {"US": "la Maison Blanche", "KR": "Séoul", "JP": "Tokyo", "FR": "Paris", "panel": "un groupe d'experts de l'ONU"},
        ("{s} a livré {g} {t} {m}, a déclaré {c}.", "selon {c}, {s} a envoyé {g} {t} {m}.",
         "{c} a affirmé que {s} avait fourni {g} {t} {m}."),
        {"KP": "Pyongyang l'a démenti.", "IR": "Téhéran l'a démenti.", "CN": "Pékin l'a démenti."},
        ("le {a} près du {b} est resté fermé après {n} visites.", "on a repeint un {a} et un {b} dans la salle {n}.",
         "les enfants ont dessiné un {a} à côté d'un {b} à la page {n}.", "la chorale a chanté un {a} et un {b} dans le salon {n}."),
        ("jardin", "pont", "théâtre", "melon", "violon", "musée", "parapluie", "coussin", "tapis", "panier", "miroir", "verger", "chapeau",
         "cahier", "placard", "fauteuil", "gâteau", "bouquet")),
    "de": Tongue(
        {"KP": "Nordkorea", "IR": "der Iran", "TR": "die Türkei", "RW": "Ruanda", "SD": "der Sudan", "RU": "Russland", "CN": "China"},
        {"RU": "an Russland", "CN": "an China", "KP": "an Nordkorea", "houthis": "an die Huthi", "LY": "an Libyen", "m23": "an die M23",
         "SS": "an den Südsudan", "SY": "an Syrien", "hezbollah": "an die Hisbollah"},
        {"shells": "Artilleriegranaten", "missiles": "Raketen", "coal": "Kohle", "vehicles": "gepanzerte Fahrzeuge", "mortars": "Mörser",
         "ammunition": "Munition", "seafood": "Meeresfrüchte", "machinery": "Maschinen", "rifles": "Gewehre",
         "launchers": "Mehrfachraketenwerfer", "textiles": "Textilien", "copper": "Kupfer"},
        {"earlier": "im Februar 2024", "now": "im März 2024"},
        {"US": "das Weiße Haus", "KR": "Seoul", "JP": "Tokio", "FR": "Paris", "panel": "ein UN-Expertengremium"},
        ("{s} hat {m} {g} {t} geliefert, sagte {c}.", "{s} lieferte {m} {g} {t}, teilte {c} mit."),
        {"KP": "Pjöngjang bestritt das.", "IR": "Teheran bestritt das.", "CN": "Peking bestritt das."},
        ("der {a} neben dem {b} blieb nach {n} Gästen geschlossen.", "ein {a} und ein {b} wurden in Saal {n} neu gestrichen.",
         "Kinder malten einen {a} neben einen {b} auf Seite {n}.", "der Chor sang in Raum {n} von einem {a} und einem {b}."),
        ("Garten", "Stuhl", "Teppich", "Spiegel", "Korb", "Schirm", "Kuchen", "Hut", "Schrank", "Teller", "Brunnen", "Apfel", "Kalender",
         "Ofen", "Vorhang", "Strauß", "Turm", "Tisch")),
    "pt": Tongue(
        {"KP": "a Coreia do Norte", "IR": "o Irão", "TR": "a Turquia", "RW": "o Ruanda", "SD": "o Sudão", "RU": "a Rússia",
         "CN": "a China"},
        {"RU": "à Rússia", "CN": "à China", "KP": "à Coreia do Norte", "houthis": "aos Houthis", "LY": "à Líbia", "m23": "ao M23",
         "SS": "ao Sudão do Sul", "SY": "à Síria", "hezbollah": "ao Hezbollah"},
        {"shells": "projéteis de artilharia", "missiles": "mísseis", "coal": "carvão", "vehicles": "veículos blindados",
         "mortars": "morteiros", "ammunition": "munições", "seafood": "mariscos", "rifles": "fuzis",
         "launchers": "lançadores múltiplos de foguetes", "textiles": "têxteis", "copper": "cobre"},
        {"earlier": "em fevereiro de 2024", "now": "em março de 2024"},
        {"US": "a Casa Branca", "KR": "Seul", "JP": "Tóquio", "FR": "Paris", "panel": "um painel de peritos da ONU"},
        ("{s} enviou {g} {t} {m}, disse {c}.", "{c} afirmou que {s} enviou {g} {t} {m}."),
        {"KP": "Pyongyang negou.", "IR": "Teerão negou."},
        ("o {a} junto ao {b} ficou fechado depois de {n} visitas.", "pintaram de novo um {a} e um {b} na sala {n}.",
         "as crianças desenharam um {a} ao lado de um {b} na página {n}."),
        ("jardim", "teatro", "melão", "violino", "museu", "tapete", "cesto", "espelho", "pomar", "chapéu", "relógio", "caderno", "prato",
         "armário", "bolo", "vaso")),
    "ru": Tongue(
        {"KP": "Северная Корея", "IR": "Иран", "TR": "Турция", "RW": "Руанда", "SD": "Судан", "RU": "Россия", "CN": "Китай"},
        {"RU": "в Россию", "CN": "в Китай", "KP": "в Северную Корею", "houthis": "хуситам", "LY": "в Ливию", "m23": "группировке М23",
         "SS": "в Южный Судан", "SY": "в Сирию", "hezbollah": "«Хезболле»"},
        {"shells": "артиллерийские снаряды", "missiles": "ракеты", "coal": "уголь", "vehicles": "бронемашины", "mortars": "минометы",
         "ammunition": "боеприпасы", "seafood": "морепродукты", "rifles": "винтовки",
         "launchers": "реактивные системы залпового огня", "textiles": "текстиль", "copper": "медь"},
        {"earlier": "в феврале 2024 года", "now": "в марте 2024 года"},
        {"US": "Белый дом", "KR": "Сеул", "JP": "Токио", "FR": "Париж", "panel": "группа экспертов ООН"},
        ("{s} отправила {g} {t} {m}, заявил {c}.", "{c} сообщил, что {s} поставила {g} {t} {m}."),
        {"KP": "Пхеньян это отрицает.", "IR": "Тегеран это отрицает."},
        ("{a} и {b} стояли в зале номер {n}.", "дети рисовали: {a} и {b}, страница {n}.", "на выставке были {a}, {b} и ещё {n} вещей."),
        ("сад", "мост", "театр", "зонт", "ковёр", "стул", "пирог", "шкаф", "чайник", "фонарь", "рояль", "календарь", "букет", "колодец",
         "занавес", "блокнот")),
    "zh": Tongue(
        {"KP": "朝鲜", "IR": "伊朗", "TR": "土耳其", "RW": "卢旺达", "SD": "苏丹", "RU": "俄罗斯", "CN": "中国"},
        {"RU": "俄罗斯", "CN": "中国", "KP": "朝鲜", "houthis": "胡塞武装", "LY": "利比亚", "m23": "M23", "SS": "南苏丹", "SY": "叙利亚",
         "hezbollah": "真主党"},
        {"shells": "炮弹", "missiles": "导弹", "coal": "煤炭", "vehicles": "装甲车", "mortars": "迫击炮", "ammunition": "弹药",
         "seafood": "海产品", "machinery": "机械设备", "rifles": "步枪", "launchers": "火箭炮", "textiles": "纺织品", "copper": "铜"},
        {"earlier": "2024年2月", "now": "2024年3月"},
        {"US": "白宫", "KR": "首尔", "JP": "东京", "FR": "巴黎", "panel": "联合国专家小组"},
        ("{c}表示，{s}{m}向{t}运送了{g}。", "据{c}称，{s}于{m}向{t}出口了{g}。"),
        {"KP": "平壤否认了这一说法。"},
        ("{a}和{b}放在第{n}号房间里。", "孩子们在第{n}页画了{a}和{b}。", "合唱团在{n}号厅唱起了{a}与{b}的歌。"),
        ("花园", "桥", "剧院", "灯笼", "椅子", "西瓜", "茶壶", "小提琴", "博物馆", "雨伞",
         "地毯", "篮子", "镜子", "果园", "蛋糕", "日历"), ""),
}
