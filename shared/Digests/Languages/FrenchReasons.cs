using FundingFlow.Partners;

namespace FundingFlow.Digests.Languages;

internal sealed class FrenchReasons(Language language) : ReasonWords
{
    public override string EarmarkProject(string title) => $"Vous avez choisi le projet {Quoted(title)}.";
    public override string EarmarkCity => "C’est dans une ville que vous avez choisie.";
    public override string EarmarkCountry => "C’est dans un pays que vous avez choisi.";
    public override string Area(string area) => $"Cela répond à un besoin du domaine {area}.";

    public override string TwinCity(string home) => $"La ville de ce projet est jumelée avec {home}.";
    public override string PeaceConflict(string home) => $"{home} vit en paix\u00a0; la ville de ce projet vit un conflit.";
    public override string SameCity(string home) => $"Le projet est dans votre ville, {home}.";
    public override string SameCountry => "Le projet est dans votre pays.";
    public override string Interest(string area) => $"Vous avez indiqué le domaine {area} parmi vos centres d’intérêt.";
    public override string LackingSector(string area, Sector sector)
        => $"Dans le domaine {area}, le projet n’avait encore aucun soutien du secteur {sector switch { Sector.Public => "public", Sector.Private => "privé", _ => "non lucratif" }}.";
    public override string Urgent(long days) => $"Les fonds du projet suffisent pour moins de {days} jours.";

    public override string Unstated => "Le projet ne chiffre pas ce besoin\u00a0; c’est parce que vous avez choisi ce projet que cela y va.";
    public override string AlreadyMet => "Le besoin était déjà couvert\u00a0; cela s’y ajoute parce que vous avez choisi ce projet.";
    public override string Overfills(string amount) => $"Cela complète le besoin de {amount} et va au-delà, parce que vous avez choisi ce projet.";
    public override string Completes(string amount) => $"Cela complète le besoin de {amount}.";
    public override string ReachesMinimum(string amount) => $"Cela permet d’atteindre le seuil de {amount} à partir duquel le travail peut commencer.";
    public override string Adds(long fromPercent, long toPercent, string amount)
        => $"La couverture du besoin de {amount} passe ainsi de {language.Percent(fromPercent)} à {language.Percent(toPercent)}.";
    public override string ShareCap(long percent, string area)
        => $"Une plus grande part de votre promesse serait allée ici, mais dans le domaine {area} un même partenaire couvre au plus {language.Percent(percent)} d’un projet.";

    public override string Next(string title, string decided) => $"Venait ensuite {Quoted(title)}\u00a0; ce qui a fait la différence\u00a0: {decided}.";
    public override string NextInside(string decided) => $"Venait ensuite un autre besoin de ce projet\u00a0; ce qui a fait la différence\u00a0: {decided}.";
    public override string ByNeed => "ici, le besoin était plus pressant";
    public override string ByFit => "vos liens avec ce projet sont plus étroits";
    public override string ByFitInside => "vos liens avec ce besoin sont plus étroits";
    public override string ByBegun => "entre deux besoins équivalents, celui qui est déjà entamé est achevé d’abord";
    public override string ByOrder => "les deux besoins sont équivalents, et l’un devait passer en premier";
    public override string ByExcluded => "vous n’y donnez pas";
    public override string ByDates => "il est terminé, ou n’est pas en cours lorsque vous donnez votre temps";
    public override string ByShareCap => "vous en couvrez déjà autant qu’un même partenaire le peut";
    public override string BySmallestPart(string amount) => $"il y serait allé moins de {amount}, le minimum que vous voulez pour une part";

    public override string OnlyNeed(string what) => $"Il n’y a ici aucun autre besoin ouvert en {what}.";
    public override string Money => "argent";
    public override string Hours(string skill) => $"heures {French.De(skill)}";

    public override string Rebalanced(string from, string to, string on, string decided) => $"Déplacé de {Quoted(from)} à {Quoted(to)} {on}, {decided}.";
    public override string MovedByNeed => "parce que le besoin y est plus pressant";
    public override string MovedByFit => "parce que vos liens avec ce dernier projet sont plus étroits";
    public override string MovedForRoom
        => "parce qu’une promesse qui ne pourrait être aussi utile ailleurs prend sa place, si bien qu’ensemble on couvre davantage de ce qui compte";
    public override string MovedTogether => "parce que les besoins sont ainsi mieux couverts, toutes promesses confondues";
    public override string Moved(string reason) => $"Notre équipe l’a déplacé ici\u00a0: {reason}";

    public override string StandsForNoRate(string currency) => $"Aucun taux de change n’est connu pour {currency}.";
    public override string StandsExpired => "Le terme de la promesse est passé.";
    public override string StandsExcluded => "Il y a de la place, mais seulement là où vous ne donnez pas.";
    public override string StandsForDates => "Il y a de la place, mais seulement dans des projets terminés ou qui ne sont pas en cours lorsque le temps est donné.";
    public override string StandsForShareCap => "Il y a de la place, mais seulement dans des projets dont vous couvrez déjà autant qu’un même partenaire le peut.";
    public override string StandsForSmallestPart(string amount) => $"Il y a de la place, mais pas pour une part de {amount}, la plus petite que vous acceptez.";
    public override string StandsHeld => "Notre équipe doit encore donner son feu vert.";
    public override string StandsAboveOwed => "Cela a été reçu en plus de ce qui était dû.";

    private static string Quoted(string title) => $"«\u00a0{title}\u00a0»";
}
