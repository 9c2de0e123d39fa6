"""Names of places: some municipalities of each MRC, quarters of the towns that are alone in their alliance."""

from dataclasses import dataclass

_TOWNS = """
070 Amqui, Causapscal, Sayabec, Val-Brillant
080 Matane, Saint-Ulric, Baie-des-Sables
090 Mont-Joli, Price, Métis-sur-Mer
100 Rimouski, Saint-Fabien, Saint-Anaclet-de-Lessard
110 Trois-Pistoles, Saint-Jean-de-Dieu, Saint-Simon
120 Rivière-du-Loup, L’Isle-Verte, Saint-Antonin
130 Témiscouata-sur-le-Lac, Dégelis, Pohénégamook
140 La Pocatière, Saint-Pascal, Kamouraska
910 Roberval, Saint-Félicien, Lac-Bouchette
920 Dolbeau-Mistassini, Normandin, Albanel
930 Alma, Métabetchouan–Lac-à-la-Croix, Hébertville
941 Chicoutimi, Jonquière, La Baie, Kénogami
942 Saint-Honoré, L’Anse-Saint-Jean, Larouche
150 La Malbaie, Clermont, Saint-Siméon
160 Baie-Saint-Paul, Les Éboulements, Petite-Rivière-Saint-François
200 Saint-Pierre-de-l’Île-d’Orléans, Sainte-Famille, Saint-Laurent
210 Beaupré, Château-Richer, Sainte-Anne-de-Beaupré
220 Shannon, Lac-Beauport, Stoneham-et-Tewkesbury
230 Limoilou, Beauport, Charlesbourg, Vanier, Saint-Sauveur, Duberger
340 Saint-Raymond, Pont-Rouge, Donnacona, Portneuf
350 Saint-Tite, Sainte-Thècle, Notre-Dame-de-Montauban
360 Shawinigan, Grand-Mère, Saint-Georges-de-Champlain
371 Trois-Rivières, Cap-de-la-Madeleine, Pointe-du-Lac, Sainte-Marthe-du-Cap
372 Saint-Luc-de-Vincennes, Batiscan, Champlain
510 Louiseville, Saint-Alexis-des-Monts, Maskinongé
900 La Tuque, La Bostonnais, Parent
300 Lac-Mégantic, Lambton, Nantes
400 Val-des-Sources, Wotton, Danville
410 East Angus, Cookshire-Eaton, Weedon
420 Windsor, Richmond, Valcourt
430 Sherbrooke, Fleurimont, Lennoxville, Ascot
440 Coaticook, Compton, Waterville
450 Magog, Stanstead, Eastman
460 Cowansville, Farnham, Bromont
470 Granby, Waterloo, Roxton Pond
660 Hochelaga, Parc-Extension, Saint-Michel, Rosemont, Villeray, Ahuntsic, Bordeaux-Cartierville, Montréal-Nord, Saint-Léonard, Anjou, Pointe-aux-Trembles, Rivière-des-Prairies, Mercier-Est, Mercier-Ouest, Centre-Sud, Saint-Henri, Pointe-Saint-Charles, Petite-Bourgogne, Verdun, LaSalle, Lachine, Ville-Émard, Côte-des-Neiges, Notre-Dame-de-Grâce, Saint-Laurent, Pierrefonds, Roxboro, Milton Parc, Mile End, Petite-Patrie, Tétreaultville, Cartierville, Snowdon, Saint-Pierre
800 Thurso, Papineauville, Saint-André-Avellin
810 Hull, Aylmer, Buckingham, Vieux-Gatineau
820 Chelsea, Val-des-Monts, Cantley
830 Maniwaki, Gracefield, Low
840 Fort-Coulonge, Shawville, Mansfield
850 Ville-Marie, Témiscaming, Lorrainville
860 Rouyn-Noranda, Évain, Cadillac
870 La Sarre, Macamic, Palmarolle
880 Amos, Barraute, Saint-Félix-de-Dalquier
890 Val-d’Or, Malartic, Senneterre
950 Forestville, Les Escoumins, Tadoussac
960 Baie-Comeau, Pointe-Lebel, Chute-aux-Outardes
971 Sept-Îles, Port-Cartier, Clarke City
972 Fermont, Schefferville
981 Havre-Saint-Pierre, Natashquan, Rivière-au-Tonnerre
982 Blanc-Sablon, La Romaine, Chevery
991 Chibougamau, Chapais, Lebel-sur-Quévillon, Matagami, Radisson
992 Kuujjuaq, Inukjuak, Puvirnituq, Salluit, Kangiqsualujjuaq, Akulivik, Quaqtaq
993 Chisasibi, Mistissini, Waskaganish, Wemindji, Waswanipi, Nemaska, Oujé-Bougoumou
010 Cap-aux-Meules, Havre-aux-Maisons, Fatima, Bassin
020 Chandler, Percé, Grande-Rivière
030 Gaspé, Murdochville, Cloridorme
040 Sainte-Anne-des-Monts, Cap-Chat, Mont-Louis
050 Bonaventure, Paspébiac, New Richmond
060 Carleton-sur-Mer, Maria, Matapédia
170 Saint-Jean-Port-Joli, L’Islet-sur-Mer, Saint-Pamphile
180 Montmagny, Berthier-sur-Mer, Cap-Saint-Ignace
190 Saint-Charles, Beaumont, Saint-Anselme
251 Lauzon, Saint-Romuald, Charny, Saint-Nicolas
260 Sainte-Marie, Scott, Saint-Isidore
270 Beauceville, Saint-Joseph-de-Beauce, Tring-Jonction
280 Lac-Etchemin, Sainte-Justine, Saint-Prosper
290 Saint-Georges, La Guadeloupe, Saint-Côme
310 Thetford Mines, Disraeli, Adstock
330 Saint-Apollinaire, Laurier-Station, Saint-Flavien
650 Chomedey, Laval-des-Rapides, Pont-Viau, Sainte-Rose, Auteuil, Fabreville, Duvernay, Vimont
520 Berthierville, Lavaltrie, Saint-Gabriel
600 Repentigny, L’Assomption, Charlemagne
610 Joliette, Notre-Dame-des-Prairies, Saint-Paul
620 Rawdon, Saint-Michel-des-Saints, Chertsey
630 Saint-Lin–Laurentides, Saint-Jacques, Sainte-Julienne
640 Terrebonne, Mascouche, Lachenaie
720 Saint-Eustache, Deux-Montagnes, Oka
730 Sainte-Thérèse, Boisbriand, Blainville
740 Sainte-Scholastique, Saint-Canut, Saint-Augustin
750 Saint-Jérôme, Prévost, Sainte-Sophie
760 Lachute, Brownsburg-Chatham, Grenville
770 Sainte-Adèle, Saint-Sauveur-des-Monts, Piedmont
780 Sainte-Agathe-des-Monts, Mont-Tremblant, Val-David
790 Mont-Laurier, Rivière-Rouge, Ferme-Neuve
480 Acton Vale, Roxton Falls, Upton
530 Sorel-Tracy, Saint-Ours, Massueville
540 Saint-Hyacinthe, Saint-Pie, Saint-Dominique
550 Marieville, Rougemont, Saint-Césaire
560 Iberville, Saint-Luc, Lacolle
570 Belœil, Chambly, Otterburn Park
580 Longueuil, Saint-Hubert, Greenfield Park, Boucherville
590 Sainte-Julie, Varennes, Contrecœur
670 Châteauguay, Saint-Constant, Candiac
680 Saint-Rémi, Napierville, Hemmingford
690 Huntingdon, Ormstown, Sainte-Martine
700 Salaberry-de-Valleyfield, Beauharnois, Saint-Louis-de-Gonzague
710 Vaudreuil-Dorion, Rigaud, Les Cèdres
320 Plessisville, Princeville, Lyster
380 Gentilly, Saint-Grégoire, Manseau
390 Victoriaville, Warwick, Kingsey Falls
490 Drummondville, Wickham, Saint-Germain-de-Grantham
500 Nicolet, Baie-du-Febvre, Pierreville
"""
# The communities of the First Nations' own alliance, which covers no territory of its own.
COMMUNITIES = (
    "Uashat mak Mani-utenam, Mashteuiatsh, Pessamit, Wendake, Manawan, Wemotaci, Opitciwan, Kitigan Zibi, Odanak, Wôlinak, "
    "Listuguj, Gesgapegiag, Kahnawà:ke, Pikogan, Lac-Simon, Ekuanitshit, Nutashkuan, Unamen-shipu, Pakua-shipi, Timiskaming"
).split(", ")


@dataclass(frozen=True)
class Place:
    """A place and how French speaks of it: « de Rimouski », « à Rimouski »."""

    name: str
    de: str
    at: str


def de(name: str) -> str:
    """« d’Amqui », « du Granit », « des Sources », « de La Matapédia »."""
    if name.startswith("Le "):
        return f"du {name[3:]}"
    if name.startswith("Les "):
        return f"des {name[4:]}"
    return f"d’{name}" if name[0] in "AEIOUÉÎŒ" or name.startswith("Hé") else f"de {name}"


def at(name: str) -> str:
    if name.startswith("Le "):
        return f"au {name[3:]}"
    return f"aux {name[4:]}" if name.startswith("Les ") else f"à {name}"


def place(name: str) -> Place:
    return Place(name, de(name), at(name))


# Equivalent territories that French does not speak of by their official name.
_OTHERWISE = {
    "Administration régionale Kativik": ("Nunavik", "du Nunavik", "au Nunavik"),
    "Jamésie": ("Jamésie", "de la Jamésie", "en Jamésie"),
    "Eeyou Istchee": ("Eeyou Istchee", "d’Eeyou Istchee", "en Eeyou Istchee"),
}
TOWNS = {
    line[:3]: tuple(place(name) for name in line[4:].split(", ")) for line in _TOWNS.strip().splitlines()
}
NATIONS = tuple(place(name) for name in COMMUNITIES)


def towns_of(territory_code: str | None) -> tuple[Place, ...]:
    """Places of a territory; of the First Nations' communities for none."""
    return TOWNS[territory_code] if territory_code else NATIONS


def wide(name: str, kind: str) -> Place:
    """The whole of a territory, for projects that serve more than one municipality."""
    if name in _OTHERWISE:
        return Place(*_OTHERWISE[name])
    if kind == "MRC":
        return Place(f"MRC {de(name)}", f"dans la MRC {de(name)}", f"dans la MRC {de(name)}")
    return Place(name, de(name), at(name))
