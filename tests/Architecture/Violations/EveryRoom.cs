// In each room a type that knows every room, so that whatever the table in Rooms.cs forbids is seen to be broken here.
using Everything = (
    FundingFlow.Tests.Architecture.Violations.Money.Plain,
    FundingFlow.Tests.Architecture.Violations.Partners.Plain,
    FundingFlow.Tests.Architecture.Violations.Cities.Plain,
    FundingFlow.Tests.Architecture.Violations.Projects.Plain,
    FundingFlow.Tests.Architecture.Violations.Pledges.Plain,
    FundingFlow.Tests.Architecture.Violations.Ledger.Plain,
    FundingFlow.Tests.Architecture.Violations.Matching.Plain,
    FundingFlow.Tests.Architecture.Violations.Sustainability.Plain,
    FundingFlow.Tests.Architecture.Violations.Digests.Plain,
    FundingFlow.Tests.Architecture.Violations.Interop.Plain,
    FundingFlow.Tests.Architecture.Violations.Simulations.Plain,
    FundingFlow.Tests.Architecture.Violations.Access.Plain);

namespace FundingFlow.Tests.Architecture.Violations.Money
{
    internal sealed record Plain;
    internal sealed record KnowsEveryRoom(Everything Rooms);
}

namespace FundingFlow.Tests.Architecture.Violations.Partners
{
    internal sealed record Plain;
    internal sealed record KnowsEveryRoom(Everything Rooms);
}

namespace FundingFlow.Tests.Architecture.Violations.Cities
{
    internal sealed record Plain;
    internal sealed record KnowsEveryRoom(Everything Rooms);
}

namespace FundingFlow.Tests.Architecture.Violations.Projects
{
    internal sealed record Plain;
    internal sealed record KnowsEveryRoom(Everything Rooms);
}

namespace FundingFlow.Tests.Architecture.Violations.Pledges
{
    internal sealed record Plain;
    internal sealed record KnowsEveryRoom(Everything Rooms);
}

namespace FundingFlow.Tests.Architecture.Violations.Ledger
{
    internal sealed record Plain;
    internal sealed record KnowsEveryRoom(Everything Rooms);
}

namespace FundingFlow.Tests.Architecture.Violations.Matching
{
    internal sealed record Plain;
    internal sealed record KnowsEveryRoom(Everything Rooms);
}

namespace FundingFlow.Tests.Architecture.Violations.Sustainability
{
    internal sealed record Plain;
    internal sealed record KnowsEveryRoom(Everything Rooms);
}

namespace FundingFlow.Tests.Architecture.Violations.Digests
{
    internal sealed record Plain;
    internal sealed record KnowsEveryRoom(Everything Rooms);
}

namespace FundingFlow.Tests.Architecture.Violations.Simulations
{
    internal sealed record Plain;
    internal sealed record KnowsEveryRoom(Everything Rooms);
}

namespace FundingFlow.Tests.Architecture.Violations.Interop
{
    internal sealed record Plain;
    internal sealed record KnowsEveryRoom(Everything Rooms);
}

namespace FundingFlow.Tests.Architecture.Violations.Access
{
    internal sealed record Plain;
    internal sealed record KnowsEveryRoom(Everything Rooms);
}
