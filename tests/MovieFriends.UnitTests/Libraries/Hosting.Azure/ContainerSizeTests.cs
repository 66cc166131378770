using Aspire.Hosting.ContainerApps;
using MovieFriends.Extensions;
using Xunit;

namespace MovieFriends.UnitTests.Libraries;

public sealed class ContainerSizeTests
{
    [Theory]
    [InlineData(0.25, "0.5Gi", "0.25", "0.5Gi")]
    [InlineData(1, "2Gi", "1", "2Gi")]
    [InlineData(1.75, "3.5Gi", "1.75", "3.5Gi")]
    [InlineData(4, "8.0Gi", "4", "8Gi")]
    public void A_processor_comes_with_two_gibibytes(double cpu, string memory, string expectedCpu, string expectedMemory) =>
        Assert.Equal(new ContainerSize(expectedCpu, expectedMemory), ContainerSize.Of("app", cpu, memory));

    [Theory]
    [InlineData(1, "3Gi", "app: memory '3Gi' does not go with 1 processors of a container app: it must be 2Gi.")]
    [InlineData(0.5, "1G", "app: memory '1G' does not go with 0.5 processors of a container app: it must be 1Gi.")]
    [InlineData(0.5, "", "app: memory '' does not go with 0.5 processors of a container app: it must be 1Gi.")]
    [InlineData(0.3, "0.6Gi", "app: 0.3 processors are not to be had: a container app has 0.25 to 4, in steps of 0.25.")]
    [InlineData(8, "16Gi", "app: 8 processors are not to be had: a container app has 0.25 to 4, in steps of 0.25.")]
    [InlineData(double.NaN, "2Gi", "app: NaN processors are not to be had: a container app has 0.25 to 4, in steps of 0.25.")]
    public void A_size_that_is_not_to_be_had_is_refused_in_one_line(double cpu, string memory, string message) =>
        Assert.Equal(message, Assert.Throws<ConfigurationException>(() => ContainerSize.Of("app", cpu, memory)).Message);
}
