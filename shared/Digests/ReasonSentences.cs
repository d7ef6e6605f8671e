using System.Globalization;
using FundingFlow.Ledger;
using FundingFlow.Money;
using FundingFlow.Partners;

namespace FundingFlow.Digests;

/// <summary>Says a reason as the contact reads it.</summary>
public static class ReasonSentences
{
    /// <summary>Of a part, by code and data; null where the code is not known here, or the data lack something: they were kept before they had it.</summary>
    public static string? Of(Reason reason, Language language)
    {
        ArgumentNullException.ThrowIfNull(reason);
        ArgumentNullException.ThrowIfNull(language);
        var (words, data) = (language.Reasons, new Facts(reason.Data, language));
        return reason.Code switch
        {
            ReasonCode.EarmarkProject => Say(words.EarmarkProject, data.Text("title")),
            ReasonCode.EarmarkCity => words.EarmarkCity,
            ReasonCode.EarmarkCountry => words.EarmarkCountry,
            ReasonCode.Area => Say(words.Area, data.Area),
            ReasonCode.TwinCity => Say(words.TwinCity, data.Text("home")),
            ReasonCode.PeaceConflict => Say(words.PeaceConflict, data.Text("home")),
            ReasonCode.SameCity => Say(words.SameCity, data.Text("home")),
            ReasonCode.SameCountry => words.SameCountry,
            ReasonCode.Interest => Say(words.Interest, data.Area),
            ReasonCode.LackingSector => data is { Area: { } area, Sector: { } sector } ? words.LackingSector(area, sector) : null,
            ReasonCode.Urgent => data.Whole("days") is { } days ? words.Urgent(days) : null,
            ReasonCode.Unstated => words.Unstated,
            ReasonCode.Overfills => reason.Data is null ? words.AlreadyMet : Say(words.Overfills, data.Amount),
            ReasonCode.Completes => Say(words.Completes, data.Amount),
            ReasonCode.ReachesMinimum => Say(words.ReachesMinimum, data.Amount),
            ReasonCode.Adds => data.Whole("fromPercent") is { } from && data.Whole("toPercent") is { } to && data.Amount is { } amount ? words.Adds(from, to, amount) : null,
            ReasonCode.ShareCap => data.Whole("percent") is { } percent && data.Area is { } there ? words.ShareCap(percent, there) : null,
            ReasonCode.Next => Next(words, data),
            ReasonCode.OnlyNeed => Say(words.OnlyNeed, data.Unit is { } unit ? WhatOf(unit, language) : null),
            ReasonCode.Rebalanced => Rebalanced(words, data),
            ReasonCode.Moved => Say(words.Moved, data.Text("reason")),
            _ => null,
        };
    }

    /// <summary>Why a line's units stand; null where the mail says as much already when it says that they do.</summary>
    public static string? OfStanding(Line line, Language language)
    {
        ArgumentNullException.ThrowIfNull(line);
        ArgumentNullException.ThrowIfNull(language);
        var words = language.Reasons;
        return line.Standing switch
        {
            Standing.NoRate => words.StandsForNoRate(line.Unit.Code),
            Standing.Expired => words.StandsExpired,
            Standing.Excluded => words.StandsExcluded,
            Standing.Dates => words.StandsForDates,
            Standing.ShareCap => words.StandsForShareCap,
            Standing.SmallestPart => Say(words.StandsForSmallestPart, line.SmallestPart is { } smallest ? language.Amount(smallest, line.Unit) : null),
            Standing.Held => words.StandsHeld,
            Standing.AboveOwed => words.StandsAboveOwed,
            _ => null,
        };
    }

    private static string? Next(ReasonWords words, Facts data)
    {
        var inside = data.Text("inside") is not null;
        var decided = data.Text("decided") switch
        {
            NextDecided.Need => words.ByNeed,
            NextDecided.Fit => inside ? words.ByFitInside : words.ByFit,
            NextDecided.Begun => words.ByBegun,
            NextDecided.Order => words.ByOrder,
            NextDecided.Excluded => words.ByExcluded,
            NextDecided.Dates => words.ByDates,
            NextDecided.ShareCap => words.ByShareCap,
            NextDecided.SmallestPart => Say(words.BySmallestPart, data.Amount),
            _ => null,
        };
        return decided is null ? null : inside ? words.NextInside(decided) : data.Text("title") is { } title ? words.Next(title, decided) : null;
    }

    private static string? Rebalanced(ReasonWords words, Facts data)
    {
        var decided = data.Text("decided") switch
        {
            MoveDecided.Need => words.MovedByNeed,
            MoveDecided.Fit => words.MovedByFit,
            MoveDecided.Room => words.MovedForRoom,
            MoveDecided.Together => words.MovedTogether,
            _ => null,
        };
        return decided is not null && data.Text("from") is { } from && data.Text("to") is { } to && data.On is { } on ? words.Rebalanced(from, to, on, decided) : null;
    }

    private static string WhatOf(Unit unit, Language language) => unit.Kind switch
    {
        ResourceKind.Money => language.Reasons.Money,
        ResourceKind.Time => language.Reasons.Hours(language.NameOf(unit)),
        _ => language.NameOf(unit),
    };

    private static string? Say(Func<string, string> sentence, string? of) => of is null ? null : sentence(of);

    /// <summary>A reason's data as the contact reads them; null for each that it does not have.</summary>
    private readonly struct Facts(IReadOnlyDictionary<string, string>? data, Language language)
    {
        public string? Area => Text("area") is { } area ? language.Area(area) : null;

        public Sector? Sector => Enum.TryParse<Sector>(Text("sector"), ignoreCase: true, out var sector) ? sector : null;

        public string? On => DateOnly.TryParseExact(Text("on"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? language.On(day) : null;

        /// <summary>With as many decimals as the amount is written with; whole without one.</summary>
        public Unit? Unit
        {
            get
            {
                if (Text("unit") is not { } code) return null;
                var exponent = Text("amount") is { } amount && amount.Split('.') is [_, { } decimals] ? decimals.Length : 0;
                if (Text("measure") is not { } measure) return Currency.Find(code) is { } currency ? Money.Unit.Of(currency) : null;
                return measure == Money.Unit.Hours(code).Measure ? Money.Unit.Hours(code) : Money.Unit.Goods(code, measure, exponent);
            }
        }

        public string? Amount
            => Unit is { } unit && Text("amount") is { } amount && Decimals.TryParse(amount, unit.Exponent, unit.Code, long.MaxValue, out var minor) is null
                ? language.Amount(minor, unit) : null;

        public string? Text(string name) => data is not null && data.TryGetValue(name, out var text) ? text : null;

        public long? Whole(string name) => long.TryParse(Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out var whole) ? whole : null;
    }
}
