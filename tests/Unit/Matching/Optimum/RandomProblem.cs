using FundingFlow.Matching.Optimum;

namespace FundingFlow.Tests.Unit.Matching.Optimum;

/// <summary>Small problems from a seed, with few values so that ties abound; the seed decides which features they have.</summary>
internal static class RandomProblem
{
    /// <param name="isTiny">So small that all placements can be gone through.</param>
    public static OptimumProblem Of(int seed, bool hasSmallestParts = false, bool isTiny = false)
    {
        var random = new Random(seed);
        var (mostDemands, mostSupplies, mostUnits, mostOfAPart) = isTiny ? (3, 3, 5, 3) : (5, 7, 12, 6);
        var hasCaps = seed % 3 == 0;
        var isLying = seed % 4 != 0;
        var demands = Enumerable.Range(0, random.Next(1, mostDemands + 1)).Select(d => new Demand($"need-{d}", Tranches(random), $"project-{random.Next(3)}")).ToList();
        var classes = random.Next(1, 5);
        var links = Enumerable.Range(0, classes).SelectMany(c => Enumerable.Range(0, demands.Count).Where(_ => random.Next(3) > 0)
            .Select(d => new Link($"class-{c}", d, random.Next(3)))).ToList();
        var supplies = Enumerable.Range(0, random.Next(1, mostSupplies + 1)).Select(s => new Supply(
            $"pledge-{s}", random.Next(0, mostUnits + 1), $"class-{random.Next(classes)}",
            hasSmallestParts && random.Next(2) == 0 ? random.Next(2, mostOfAPart + 1) : 0, hasCaps ? $"partner-{random.Next(2)}" : null)).ToList();
        var caps = !hasCaps ? [] : (
            from partner in Enumerable.Range(0, 2)
            from project in Enumerable.Range(0, 3)
            where random.Next(3) > 0
            select new ShareCap($"partner-{partner}", $"project-{project}", random.Next(0, 9))).ToList();
        return new OptimumProblem(supplies, demands, links, isLying ? Currents(random, supplies, demands.Count) : [], caps);
    }

    /// <summary>Some of its supplies lie where they may, whole or as much as finds room, and must be placed.</summary>
    public static OptimumProblem WithPlaced(OptimumProblem problem, int seed)
    {
        var random = new Random(seed);
        var room = problem.Demands.Select(demand => demand.Tranches.Sum(tranche => tranche.Room)).ToArray();
        var (supplies, currents) = (problem.Supplies.ToList(), problem.Currents.ToList());
        for (var s = 0; s < supplies.Count; s++)
        {
            if (random.Next(2) == 0 || supplies[s] is { Units: 0 } or not { Partner: null, SmallestPart: 0 }) continue;
            var (left, lying) = (supplies[s].Units, new List<Current>());
            foreach (var demand in problem.Links.Where(link => link.Class == supplies[s].Class).Select(link => link.Demand).Distinct().OrderDescending())
                if (Math.Min(left, room[demand]) is > 0 and var here)
                {
                    lying.Add(new Current(s, demand, here));
                    left -= here;
                }

            foreach (var current in lying) room[current.Demand] -= current.Units;
            supplies[s] = supplies[s] with { MustPlace = supplies[s].Units - left };
            currents = [.. currents.Where(current => current.Supply != s), .. lying];
        }

        return problem with { Supplies = supplies, Currents = currents };
    }

    public static OptimumProblem Shuffled(OptimumProblem problem, int seed)
    {
        var random = new Random(seed);
        var order = Enumerable.Range(0, problem.Supplies.Count).ToArray();
        random.Shuffle(order);
        var (links, currents, caps) = (problem.Links.ToArray(), problem.Currents.Select(c => c with { Supply = Array.IndexOf(order, c.Supply) }).ToArray(), problem.Caps.ToArray());
        random.Shuffle(links);
        random.Shuffle(currents);
        random.Shuffle(caps);
        return new OptimumProblem([.. order.Select(s => problem.Supplies[s])], problem.Demands, links, currents, caps);
    }

    private static DemandTranche[] Tranches(Random random)
    {
        var urgency = 1 << random.Next(2);
        return [.. new[] { 4, 2, 1 }.Skip(random.Next(3)).Select(weight => new DemandTranche(random.Next(0, 8), weight * urgency))];
    }

    private static List<Current> Currents(Random random, List<Supply> supplies, int demands)
    {
        var currents = new List<Current>();
        for (var s = 0; s < supplies.Count; s++)
        {
            var left = supplies[s].Units;
            for (var i = 0; i < 3 && left > 0; i++)
            {
                var units = random.NextInt64(0, left + 1);
                if (units > 0) currents.Add(new Current(s, random.Next(demands), units));
                left -= units;
            }
        }

        return currents;
    }
}
